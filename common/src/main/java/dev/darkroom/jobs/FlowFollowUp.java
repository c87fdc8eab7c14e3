package dev.darkroom.jobs;

/**
 * The job that follows when all jobs of a flow have ended. It is kept as it was given, and enqueued as {@link #ended} makes
 * it, by whichever process settles the last job: each process that does jobs of the flow knows its type.
 */
public interface FlowFollowUp extends Job {

    /** This job, told how the flow's jobs have ended; may begin another flow when it runs. Makes the record and no more. */
    Job ended(FlowCounts counts);
}
