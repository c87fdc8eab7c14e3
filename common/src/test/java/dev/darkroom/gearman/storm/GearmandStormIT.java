package dev.darkroom.gearman.storm;

import org.junit.jupiter.api.extension.RegisterExtension;

class GearmandStormIT extends StormContract {

    @RegisterExtension
    static final GearmandProcess GEARMAND = new GearmandProcess();

    @Override
    ProcessServer server() {
        return GEARMAND;
    }
}
