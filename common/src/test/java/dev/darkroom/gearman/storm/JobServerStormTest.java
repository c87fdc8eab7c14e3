package dev.darkroom.gearman.storm;

import org.junit.jupiter.api.extension.RegisterExtension;

class JobServerStormTest extends StormContract {

    @RegisterExtension
    static final JobServerProcess SERVER = new JobServerProcess();

    @Override
    ProcessServer server() {
        return SERVER;
    }
}
