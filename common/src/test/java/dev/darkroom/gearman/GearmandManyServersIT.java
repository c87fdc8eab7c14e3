package dev.darkroom.gearman;

import org.junit.jupiter.api.extension.RegisterExtension;

class GearmandManyServersIT extends ManyServersContract {

    @RegisterExtension
    static final GearmandExtension SERVER = new GearmandExtension();

    @RegisterExtension
    static final GearmandExtension OTHER = new GearmandExtension();

    @Override
    public RestartableServer server() {
        return SERVER;
    }

    @Override
    RestartableServer other() {
        return OTHER;
    }
}
