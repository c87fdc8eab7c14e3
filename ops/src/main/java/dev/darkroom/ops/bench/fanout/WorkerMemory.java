package dev.darkroom.ops.bench.fanout;

import dev.darkroom.clock.Pause;
import dev.darkroom.ops.bench.measure.Pss;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Watches how much memory a process takes: its share (PSS). */
final class WorkerMemory implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final long pid;
    private final AtomicLong most = new AtomicLong();
    private final Thread watcher;

    WorkerMemory(long pid) throws IOException {
        this.pid = pid;
        most.set(now());
        watcher = new Thread(this::watch, "worker-memory");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** Mebibytes at the moment. */
    long now() throws IOException {
        return (long) Pss.of(pid);
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
