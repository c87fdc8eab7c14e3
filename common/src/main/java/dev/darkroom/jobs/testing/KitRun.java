package dev.darkroom.jobs.testing;

import dev.darkroom.jobs.Job;

/**
 * One run of a job in a {@link JobKit}.
 *
 * @param reason why it failed or was discarded; empty otherwise
 */
public record KitRun(Job job, Result result, String reason) {

    /** What the outcome made of the job. */
    public enum Result {
        DONE,
        DISCARDED,
        RETRIED,
        SNOOZED,
        FAILED
    }
}
