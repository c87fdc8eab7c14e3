package dev.darkroom.gearman;

import org.junit.jupiter.api.extension.RegisterExtension;

class JobServerManyServersTest extends ManyServersContract {

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @RegisterExtension
    static final JobServerExtension OTHER = new JobServerExtension();

    @Override
    public RestartableServer server() {
        return SERVER;
    }

    @Override
    RestartableServer other() {
        return OTHER;
    }
}
