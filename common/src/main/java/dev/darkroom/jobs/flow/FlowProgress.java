package dev.darkroom.jobs.flow;

import dev.darkroom.jobs.FlowCounts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a flow is.
 *
 * @param isComplete false while jobs are still added
 * @param endedAt when the last of its jobs had ended and what follows was enqueued; null before
 */
public record FlowProgress(
        long id,
        FlowCounts counts,
        boolean isComplete,
        Instant beganAt,
        @Nullable Instant endedAt) {

    public boolean hasEnded() {
        return endedAt != null;
    }
}
