package dev.darkroom.gearman;

import org.junit.jupiter.api.extension.RegisterExtension;

class GearmandConformanceJobsIT extends ConformanceJobsContract {

    @RegisterExtension
    static final GearmandExtension GEARMAND = new GearmandExtension();

    @Override
    public RestartableServer server() {
        return GEARMAND;
    }
}
