package dev.darkroom.gearman;

import org.junit.jupiter.api.extension.RegisterExtension;

class GearmandConformancePacketsIT extends ConformancePacketsContract {

    @RegisterExtension
    static final GearmandExtension GEARMAND = new GearmandExtension();

    @Override
    public RestartableServer server() {
        return GEARMAND;
    }
}
