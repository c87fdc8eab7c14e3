package dev.darkroom.gearman.interop;

import dev.darkroom.gearman.GearmandExtension;
import dev.darkroom.gearman.RestartableServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class GearmandPairIT extends PairContract {

    @RegisterExtension
    static final GearmandExtension GEARMAND = new GearmandExtension();

    @Override
    public RestartableServer server() {
        return GEARMAND;
    }
}
