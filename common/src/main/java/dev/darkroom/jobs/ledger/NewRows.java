package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.UniqueKey;
import dev.darkroom.telemetry.TraceScope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes the rows of new jobs, by the policies of their types. Immutable. */
record NewRows(JobTypes types) {

    /**
     * @param flowId the flow that the job belongs to
     * @throws dev.darkroom.jobs.JobException if no type is known for the job
     */
    JobRow of(NewJob order, @Nullable Long flowId) {
        return of(order.job(), order, flowId);
    }

    private <J extends Job> JobRow of(J job, NewJob order, @Nullable Long flowId) {
        JobType<J> type = types.typeOf(job);
        return new JobRow(
                type,
                type.codec().encode(job),
                type.priorityOf(job),
                type.laneOf(job),
                order,
                extras(type, job, order, flowId));
    }

    private static <J extends Job> JobExtras extras(JobType<J> type, J job, NewJob order, @Nullable Long flowId) {
        UniqueKey<J> unique = type.uniqueKey();
        String key = unique == null ? null : unique.of(job);
        Duration expiresAfter = order.expiresAfter() == null ? type.expiresAfter() : order.expiresAfter();
        String trace = TraceScope.currentHeader();
        return flowId == null && key == null && expiresAfter == null && trace == null
                ? JobExtras.NONE
                : new JobExtras(flowId, key, expiresAfter, trace, null);
    }
}
