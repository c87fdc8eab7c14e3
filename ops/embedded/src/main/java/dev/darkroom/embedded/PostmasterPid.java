package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * PostgreSQL's own lock file {@code postmaster.pid}: line 1 holds its pid, line 8 what state it is in.
 *
 * @param status empty before the server has written it
 */
record PostmasterPid(long pid, String status) {

    private static final Duration FAST_STOP = Duration.ofSeconds(20);
    private static final Duration KILLED = Duration.ofSeconds(10);
    private static final int STATUS_LINE = 7;

    /** Empty when there is none, or it is not written in full yet. */
    static Optional<PostmasterPid> read(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.ISO_8859_1);
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            String status = lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : "";
            return Optional.of(new PostmasterPid(Long.parseLong(lines.get(0).strip()), status));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "Could not read " + data.resolve("postmaster.pid") + " (" + Failures.reason(e)
                            + "): start as the user who owns the data folder.",
                    e);
        }
    }

    boolean ready() {
        return status.equals("ready");
    }

    /**
     * Stops the server that a dead starter left on the folder. A file that names a dead process stays: the next server
     * reads in it which shared memory must be free. One that names an unrelated process is in the way and is removed.
     *
     * @return whether a server was stopped
     */
    static boolean stopOrphan(Path data) throws IOException {
        Optional<PostmasterPid> left = read(data);
        Optional<ProcessHandle> process = left.flatMap(pid -> ProcessHandle.of(pid.pid()));
        if (process.isEmpty()) {
            return false;
        }
        if (!servesFolder(process.get(), data)) {
            Files.delete(data.resolve("postmaster.pid"));
            return false;
        }
        Signals.send(StopSignal.INT, process.get().pid());
        if (!gone(process.get(), FAST_STOP)) {
            process.get().descendants().forEach(ProcessHandle::destroyForcibly);
            process.get().destroyForcibly();
            if (!gone(process.get(), KILLED)) {
                throw new EmbeddedServerException("An earlier PostgreSQL still runs on " + data + " as process "
                        + process.get().pid() + " and could not be stopped: stop it, then start again.");
            }
        }
        return true;
    }

    /** PostgreSQL works in its data folder; where the system does not show that, its program's name must do. */
    private static boolean servesFolder(ProcessHandle process, Path data) throws IOException {
        Path workingFolder = Path.of("/proc", String.valueOf(process.pid()), "cwd");
        boolean postgres = process.info()
                .command()
                .map(Path::of)
                .filter(p -> p.endsWith("postgres"))
                .isPresent();
        return postgres
                && (!Files.exists(workingFolder) || workingFolder.toRealPath().equals(data.toRealPath()));
    }

    private static boolean gone(ProcessHandle process, Duration wait) {
        try {
            process.onExit().get(wait.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw EmbeddedServerException.interrupted("stopping an earlier PostgreSQL", e);
        }
    }
}
