package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A server that a dead starter left on a data folder. A pid from a file may name an unrelated process by now, so one
 * counts only while it runs the server's program in that folder; a process that has ended and that nobody has collected
 * runs nothing.
 */
record Orphan(ProcessHandle process, String program, Path folder) {

    private static final Duration KILLED = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    static Optional<Orphan> find(long pid, String program, Path folder) {
        return ProcessHandle.of(pid)
                .map(process -> new Orphan(process, program, folder))
                .filter(Orphan::runs);
    }

    /** Asks it to stop, and kills it if that is not enough. */
    void stop(StopSignal signal, Duration patience) {
        Signals.send(signal, process.pid());
        if (!ends(patience)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            if (!ends(KILLED)) {
                throw new EmbeddedServerException("An earlier " + program + " still runs on " + folder + " as process "
                        + process.pid() + " and could not be stopped: stop it, then start again.");
            }
        }
    }

    /** Waits until no process works in the folder; those whose main process was killed take a moment to notice. */
    static void awaitNobodyIn(Path folder) {
        long start = System.nanoTime();
        Optional<ProcessHandle> left = anyIn(folder);
        while (left.isPresent()) {
            if (System.nanoTime() - start > KILLED.toNanos()) {
                throw new EmbeddedServerException("Process " + left.get().pid() + " still works in " + folder
                        + ", whose server is gone: stop it, then start again.");
            }
            waitForExit(left.get());
            left = anyIn(folder);
        }
    }

    private static Optional<ProcessHandle> anyIn(Path folder) {
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes
                    .filter(process -> worksIn(process, folder).orElse(false))
                    .findAny();
        }
    }

    private boolean runs() {
        boolean same = process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .filter(name -> name.startsWith(program))
                .isPresent();
        return same && worksIn(process, folder).orElse(true);
    }

    /** Servers make their data folder the working folder; empty where the system does not show it. */
    private static Optional<Boolean> worksIn(ProcessHandle process, Path folder) {
        Path link = Path.of("/proc", String.valueOf(process.pid()), "cwd");
        try {
            return Optional.of(Files.readSymbolicLink(link).equals(folder.toRealPath()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean ends(Duration patience) {
        long start = System.nanoTime();
        while (runs()) {
            if (System.nanoTime() - start > patience.toNanos()) {
                return false;
            }
            waitForExit(process);
        }
        return true;
    }

    private static void waitForExit(ProcessHandle process) {
        try {
            process.onExit().get(LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // Looked at again by the caller.
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw EmbeddedServerException.interrupted("waiting for process " + process.pid(), e);
        }
    }
}
