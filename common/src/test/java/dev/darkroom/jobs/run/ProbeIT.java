package dev.darkroom.jobs.run;

import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.gearman.RestartableServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProbeIT extends ProbeContract {

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @Override
    RestartableServer server() {
        return SERVER;
    }
}
