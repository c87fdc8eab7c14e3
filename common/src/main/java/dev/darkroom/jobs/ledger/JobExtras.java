package dev.darkroom.jobs.ledger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a new row has beyond what every row has; most have {@link #NONE}, and are written by a shorter statement.
 *
 * @param flowId the flow that the job belongs to
 * @param uniqueKey the key that the job holds
 * @param expiresAfter counted from when it is first due: not run any more after it
 * @param trace of whoever enqueues, as a W3C {@code traceparent}
 * @param id what it is called already, since it was written down as the holder of a key
 */
record JobExtras(
        @Nullable Long flowId,
        @Nullable String uniqueKey,
        @Nullable Duration expiresAfter,
        @Nullable String trace,
        @Nullable Long id) {

    static final JobExtras NONE = new JobExtras(null, null, null, null, null);

    /** @param key null if its job need not give it back */
    JobExtras holding(@Nullable String key, long holder) {
        return new JobExtras(flowId, key, expiresAfter, trace, holder);
    }

    JobExtras inFlow(long flow) {
        return new JobExtras(flow, uniqueKey, expiresAfter, trace, id);
    }

    JobMarks marks() {
        JobMarks marks = JobMarks.NONE;
        marks = flowId == null ? marks : marks.with(Mark.FLOW);
        marks = uniqueKey == null ? marks : marks.with(Mark.UNIQUE);
        marks = expiresAfter == null ? marks : marks.with(Mark.EXPIRES);
        return trace == null ? marks : marks.with(Mark.TRACED);
    }
}
