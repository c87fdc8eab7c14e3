package dev.darkroom.jobs.replay;

import dev.darkroom.jobs.failures.FailureFilter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One replay.
 *
 * @param reason why it was stopped; null if it was not
 * @param endedAt when nothing of it was outstanding any more
 */
public record Replay(
        long id,
        ReplayState state,
        @Nullable String reason,
        Order order,
        ReplayProgress progress,
        @Nullable Instant endedAt) {

    /** What was asked for, by whom and when. */
    public record Order(FailureFilter filter, double rate, double canaryPercent, String by, Instant at) {}

    Replay withProgress(ReplayProgress live) {
        return new Replay(id, state, reason, order, live, endedAt);
    }
}
