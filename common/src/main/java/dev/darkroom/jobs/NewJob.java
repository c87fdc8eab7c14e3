package dev.darkroom.jobs;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job to be enqueued.
 *
 * @param delay how long it is to wait at least, counted by the database's clock from the moment of enqueueing
 * @param at when it is due instead, if a time was given; null otherwise
 * @param expiresAfter how long after it was first due it may still be run; null for what its type says
 */
public record NewJob(
        Job job,
        Duration delay,
        @Nullable Instant at,
        @Nullable Duration expiresAfter) {

    /** What the database can hold with room: nobody means a later year. */
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    public NewJob {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("A job cannot be due in the past: " + delay);
        }
        if (at != null && at.isAfter(LATEST)) {
            throw new IllegalArgumentException("A job cannot be due after the year 9999: " + at);
        }
        if (expiresAfter != null && expiresAfter.toNanos() <= 0) {
            throw new IllegalArgumentException("A job that has expired is not worth enqueueing: " + expiresAfter);
        }
    }

    /** Due at once. */
    public static NewJob now(Job job) {
        return new NewJob(job, Duration.ZERO, null, null);
    }

    public static NewJob after(Duration delay, Job job) {
        return new NewJob(job, delay, null, null);
    }

    /** Due at a time by the database's clock; at once if that has passed. */
    public static NewJob at(Instant time, Job job) {
        return new NewJob(job, Duration.ZERO, time, null);
    }

    public boolean isDueNow() {
        return at == null && delay.isZero();
    }

    /** The same with a deadline of its own: discarded instead of run when it is later than that after it was first due. */
    public NewJob expiringAfter(Duration deadline) {
        return new NewJob(job, delay, at, deadline);
    }
}
