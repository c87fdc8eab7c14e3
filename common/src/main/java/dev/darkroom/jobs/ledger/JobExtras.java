package dev.darkroom.jobs.ledger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a new row has beyond what every row has; most have {@link #NONE}, and are written by a shorter statement.
 *
 * @param flowId the flow that the job belongs to
 * @param uniqueKey the key that the job holds
 * @param expiresAfter counted from the moment of enqueueing: not run any more after it
 * @param trace of whoever enqueues, as a W3C {@code traceparent}
 */
record JobExtras(
        @Nullable Long flowId,
        @Nullable String uniqueKey,
        @Nullable Duration expiresAfter,
        @Nullable String trace) {

    static final JobExtras NONE = new JobExtras(null, null, null, null);

    JobMarks marks() {
        JobMarks marks = JobMarks.NONE;
        marks = flowId == null ? marks : marks.with(Mark.FLOW);
        marks = uniqueKey == null ? marks : marks.with(Mark.UNIQUE);
        marks = expiresAfter == null ? marks : marks.with(Mark.EXPIRES);
        return trace == null ? marks : marks.with(Mark.TRACED);
    }
}
