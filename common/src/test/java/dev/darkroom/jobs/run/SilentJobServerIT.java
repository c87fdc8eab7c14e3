package dev.darkroom.jobs.run;

import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.gearman.storm.JobServerProcess;
import dev.darkroom.gearman.storm.ProcessServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class SilentJobServerIT extends SilentJobServerContract {

    @RegisterExtension
    static final JobServerProcess SERVER = new JobServerProcess();

    @RegisterExtension
    static final JobServerProcess OTHER = new JobServerProcess();

    @Override
    RestartableServer server() {
        return SERVER;
    }

    @Override
    ProcessServer other() {
        return OTHER;
    }
}
