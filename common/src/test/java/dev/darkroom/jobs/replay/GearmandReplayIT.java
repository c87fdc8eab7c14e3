package dev.darkroom.jobs.replay;

import dev.darkroom.gearman.GearmandExtension;
import dev.darkroom.gearman.RestartableServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class GearmandReplayIT extends ReplayContract {

    @RegisterExtension
    static final GearmandExtension SERVER = new GearmandExtension();

    @Override
    RestartableServer server() {
        return SERVER;
    }
}
