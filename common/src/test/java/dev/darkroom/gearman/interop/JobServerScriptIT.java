package dev.darkroom.gearman.interop;

import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.gearman.RestartableServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class JobServerScriptIT extends ScriptContract {

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @Override
    public RestartableServer server() {
        return SERVER;
    }
}
