package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.BreakerPolicy;
import dev.darkroom.jobs.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A job that is to wait before its next turn.
 *
 * @param failures attempts that this run adds: 1 after a failure, 0 for a snooze
 */
record Postponement(FinishedJob job, Duration delay, int failures) {

    static Postponement afterFailure(FinishedJob job, Outcome.Retry retry, RandomGenerator random) {
        Duration delay =
                retry.after() != null ? retry.after() : job.type().retryPolicy().delayAfter(job.attempt() + 1, random);
        return new Postponement(job, delay, 1);
    }

    /** Its lane is held back: it comes back when the first probe may have found out more, its attempts as before. */
    static Postponement spared(FinishedJob job, Outcome.Retry retry) {
        BreakerPolicy breaker = Objects.requireNonNull(job.type().breaker(), "only lanes with a breaker are held back");
        return new Postponement(job, retry.after() != null ? retry.after() : breaker.firstProbe(), 0);
    }
}
