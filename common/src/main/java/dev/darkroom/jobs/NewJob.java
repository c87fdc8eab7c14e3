package dev.darkroom.jobs;

import java.time.Duration;

/**
 * A job to be enqueued.
 *
 * @param delay how long it is to wait at least, counted by the database's clock from the moment of enqueueing
 */
public record NewJob(Job job, Duration delay) {

    public NewJob {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("A job cannot be due in the past: " + delay);
        }
    }

    /** Due at once. */
    public static NewJob now(Job job) {
        return new NewJob(job, Duration.ZERO);
    }

    public static NewJob after(Duration delay, Job job) {
        return new NewJob(job, delay);
    }
}
