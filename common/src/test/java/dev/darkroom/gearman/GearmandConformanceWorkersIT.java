package dev.darkroom.gearman;

import org.junit.jupiter.api.extension.RegisterExtension;

class GearmandConformanceWorkersIT extends ConformanceWorkersContract {

    @RegisterExtension
    static final GearmandExtension GEARMAND = new GearmandExtension();

    @Override
    public RestartableServer server() {
        return GEARMAND;
    }
}
