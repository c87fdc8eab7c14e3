package dev.darkroom.gearman;

import org.junit.jupiter.api.extension.RegisterExtension;

class JobServerConformanceWorkersTest extends ConformanceWorkersContract {

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @Override
    public RestartableServer server() {
        return SERVER;
    }
}
