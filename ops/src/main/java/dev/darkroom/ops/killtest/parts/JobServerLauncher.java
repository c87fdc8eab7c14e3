package dev.darkroom.ops.killtest.parts;

import dev.darkroom.embedded.Gearmand;
import dev.darkroom.embedded.GuardedProcess;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.client.GearmanClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts a job server on its port: gearmand where it is installed, else the Java one. */
final class JobServerLauncher implements Part.Launcher {

    private static final Duration START = Duration.ofSeconds(60);

    private final Optional<Path> gearmand;
    private final Path folder;
    private final String name;
    private final ServerAddress address;

    JobServerLauncher(Path folder, String name, int port) {
        this.gearmand = Gearmand.installed();
        this.folder = folder;
        this.name = name;
        this.address = new ServerAddress("127.0.0.1", port);
    }

    ServerAddress address() {
        return address;
    }

    String description() {
        return gearmand.isPresent() ? "gearmand" : "Java job servers";
    }

    @Override
    public RunningProcess launch() throws InterruptedException {
        GuardedProcess process = start();
        try (GearmanClient client =
                GearmanClient.builder().servers(List.of(address)).build()) {
            if (!client.awaitConnected(START)) {
                process.kill();
                throw new IllegalStateException(name + " did not start within " + START.toSeconds() + " s: "
                        + String.join(" / ", process.logTail(3)));
            }
        }
        return new RunningProcess(process.pid(), process.onExit());
    }

    private GuardedProcess start() {
        Path log = folder.resolve(name + ".log");
        String port = Integer.toString(address.port());
        if (gearmand.isEmpty()) {
            return ChildJvm.start(log, "dev.darkroom.gearman.server.JobServerMain", "--port", port, "--job-retries=1");
        }
        List<String> command = Gearmand.command(
                gearmand.get(),
                address.port(),
                folder.resolve(name + ".pid"),
                List.of("--threads=1", "--job-retries=1"));
        return GuardedProcess.start(command, Map.of(), log);
    }
}
