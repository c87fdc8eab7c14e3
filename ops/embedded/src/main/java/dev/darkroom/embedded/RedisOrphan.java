package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Redis that a dead starter left in a folder: stopped before another starts there. */
final class RedisOrphan {

    static final String PID_FILE = "redis.pid";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private RedisOrphan() {}

    static void stop(Path folder) throws IOException {
        Path file = folder.resolve(PID_FILE);
        if (!Files.exists(file)) {
            return;
        }
        String pid = Files.readString(file).strip();
        Optional<ProcessHandle> process = pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
        if (process.isPresent() && servesFolder(process.get(), folder)) {
            stop(process.get(), folder);
        }
        Files.deleteIfExists(file);
    }

    private static boolean servesFolder(ProcessHandle process, Path folder) throws IOException {
        Path workingFolder = Path.of("/proc", String.valueOf(process.pid()), "cwd");
        boolean redis = process.info()
                .command()
                .filter(command -> command.contains("redis-"))
                .isPresent();
        return redis
                && (!Files.exists(workingFolder) || workingFolder.toRealPath().equals(folder.toRealPath()));
    }

    private static void stop(ProcessHandle process, Path folder) {
        process.destroy();
        try {
            process.onExit().get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw EmbeddedServerException.interrupted("stopping an earlier Redis in " + folder, e);
        }
    }
}
