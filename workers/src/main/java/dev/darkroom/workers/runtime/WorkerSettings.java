package dev.darkroom.workers.runtime;

import java.time.Duration;

/**
 * How a worker process runs.
 *
 * @param threads handlers at work at once, at least 1
 * @param drainTimeout how long a stop waits for running jobs before it gives them back
 */
public record WorkerSettings(int threads, Duration drainTimeout) {

    public static final int DEFAULT_THREADS = 4;
    public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(20);

    public WorkerSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("A worker needs at least one thread: " + threads);
        }
        if (drainTimeout.isNegative()) {
            throw new IllegalArgumentException("The time for draining is not negative: " + drainTimeout);
        }
    }
}
