package dev.darkroom.gearman.example;

import dev.darkroom.gearman.GearmandExtension;
import dev.darkroom.gearman.RestartableServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class GearmandExampleIT extends ExampleContract {

    @RegisterExtension
    static final GearmandExtension SERVER = new GearmandExtension();

    @Override
    RestartableServer server() {
        return SERVER;
    }
}
