package dev.darkroom.ops.bench;

import dev.darkroom.clock.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Watches how much memory a process takes: its share (PSS), from Linux's {@code smaps_rollup}. */
final class WorkerMemory implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final Path rollup;
    private final AtomicLong most = new AtomicLong();
    private final Thread watcher;

    WorkerMemory(long pid) throws IOException {
        rollup = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        most.set(now());
        watcher = new Thread(this::watch, "worker-memory");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** Mebibytes at the moment. */
    long now() throws IOException {
        return Files.readAllLines(rollup).stream()
                        .filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024;
    }

    /** The most mebibytes since the start. */
    long most() {
        return most.get();
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                most.accumulateAndGet(now(), Math::max);
                Pause.SLEEP.pause(INTERVAL);
            }
        } catch (IOException | InterruptedException e) {
            // The process has ended, or nobody wants to know any more.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
