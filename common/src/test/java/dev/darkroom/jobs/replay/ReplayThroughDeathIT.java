package dev.darkroom.jobs.replay;

import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.gearman.RestartableServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplayThroughDeathIT extends ReplayThroughDeathContract {

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @Override
    RestartableServer server() {
        return SERVER;
    }
}
