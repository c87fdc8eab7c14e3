package dev.darkroom.jobs.run;

import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.ledger.Settlement;
import java.time.Duration;

/**
 * Hears of the runs of a worker process: for metrics, for a log of one's own, for tests. What it throws is logged and harms
 * nothing. It is called on the threads that do the work, many at once, so it must be quick and thread-safe.
 */
public interface JobListener {

    /** A handler is about to be called. Not for a job that is not run after all, because its deadline has passed. */
    default void started(JobType<?> type, JobContext context) {}

    /**
     * What became of a run is recorded; once for each run, and not for one that a later start of the process will find.
     *
     * @param context of the run that ended, so its turn and attempt are those from before
     * @param runTime how long the handler took; zero for a job that was not run
     */
    default void settled(JobType<?> type, JobContext context, Settlement settlement, Duration runTime) {}
}
