package dev.darkroom.gearman;

import org.junit.jupiter.api.extension.RegisterExtension;

class JobServerConformanceJobsTest extends ConformanceJobsContract {

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @Override
    public RestartableServer server() {
        return SERVER;
    }
}
