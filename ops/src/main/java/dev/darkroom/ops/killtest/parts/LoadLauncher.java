package dev.darkroom.ops.killtest.parts;

import dev.darkroom.embedded.GuardedProcess;
import dev.darkroom.ops.killtest.load.LoadProcess;
import dev.darkroom.ops.killtest.load.LoadSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts processes of the load, each with a number that no other has had: it keys its logs and its jobs. */
final class LoadLauncher {

    private final LoadSettings settings;
    private final AtomicInteger numbers = new AtomicInteger();

    LoadLauncher(LoadSettings settings) {
        this.settings = settings;
    }

    /** @param role as the process's first argument names it */
    Part.Launcher of(String role) {
        return () -> {
            LoadSettings own = settings.withNumber(numbers.incrementAndGet());
            List<String> arguments = new ArrayList<>(List.of(role));
            arguments.addAll(List.of(own.toArguments()));
            GuardedProcess process = ChildJvm.start(
                    settings.folder().resolve(role + ".out"),
                    LoadProcess.class.getName(),
                    arguments.toArray(String[]::new));
            return new RunningProcess(process.pid(), process.onExit());
        };
    }
}
