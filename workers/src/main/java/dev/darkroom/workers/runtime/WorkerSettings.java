package dev.darkroom.workers.runtime;

import dev.darkroom.jobs.death.RunFolder;
import java.time.Duration;

/**
 * How a worker process runs.
 *
 * @param threads handlers at work at once, at least 1
 * @param drainTimeout how long a stop waits for running jobs before it gives them back
 * @param runFolder where it leaves what may be read after its death
 * @param alone whether it does only jobs whose process died, one at a time
 */
public record WorkerSettings(int threads, Duration drainTimeout, RunFolder runFolder, boolean alone) {

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
