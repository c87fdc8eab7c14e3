package dev.darkroom.jobs.run;

import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.gearman.storm.GearmandProcess;
import dev.darkroom.gearman.storm.ProcessServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class GearmandSilentIT extends SilentJobServerContract {

    @RegisterExtension
    static final GearmandProcess SERVER = new GearmandProcess();

    @RegisterExtension
    static final GearmandProcess OTHER = new GearmandProcess();

    @Override
    RestartableServer server() {
        return SERVER;
    }

    @Override
    ProcessServer other() {
        return OTHER;
    }
}
