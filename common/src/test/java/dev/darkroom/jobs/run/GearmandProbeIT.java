package dev.darkroom.jobs.run;

import dev.darkroom.gearman.GearmandExtension;
import dev.darkroom.gearman.RestartableServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class GearmandProbeIT extends ProbeContract {

    @RegisterExtension
    static final GearmandExtension SERVER = new GearmandExtension();

    @Override
    RestartableServer server() {
        return SERVER;
    }
}
