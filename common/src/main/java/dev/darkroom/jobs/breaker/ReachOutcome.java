package dev.darkroom.jobs.breaker;

import dev.darkroom.jobs.BreakerPolicy;
import dev.darkroom.jobs.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a job says about the other side of its lane.
 *
 * @param turn of the run
 * @param reached whether the other side was there; false if it could not be reached or asked to back off
 * @param after how long it asked to be left alone; null if it did not say
 */
public record ReachOutcome(
        long id,
        int turn,
        BreakerPolicy policy,
        boolean reached,
        @Nullable Duration after,
        String reason) {

    /** Null for an outcome that says nothing: a failure of the job's own, a snooze, or a job that was not run. */
    public static @Nullable ReachOutcome of(long id, int turn, BreakerPolicy policy, Outcome outcome) {
        if (outcome instanceof Outcome.Done || (outcome instanceof Outcome.Discard discard && discard.ran())) {
            return new ReachOutcome(id, turn, policy, true, null, "");
        }
        if (outcome instanceof Outcome.Retry retry && retry.kind() != Outcome.Retry.Kind.FAILED) {
            return new ReachOutcome(id, turn, policy, false, retry.after(), retry.reason());
        }
        return null;
    }
}
