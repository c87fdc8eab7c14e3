package dev.darkroom.gearman.example;

import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.gearman.RestartableServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class JobServerExampleTest extends ExampleContract {

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @Override
    RestartableServer server() {
        return SERVER;
    }
}
