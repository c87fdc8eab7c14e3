package dev.darkroom.gearman;

import org.junit.jupiter.api.extension.RegisterExtension;

class GearmandConformanceTextIT extends ConformanceTextContract {

    @RegisterExtension
    static final GearmandExtension GEARMAND = new GearmandExtension();

    @Override
    public RestartableServer server() {
        return GEARMAND;
    }
}
