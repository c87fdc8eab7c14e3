package dev.darkroom.jobs;

import org.jspecify.annotations.Nullable;

/**
 * What became of the wish to enqueue a job, as far as its transaction commits.
 *
 * @param accepted false if another job holds its unique key: then it was not enqueued
 * @param job the id of the job, or of the one that holds its key; null for a job without a key, whose id is given at the end
 *     of the transaction
 */
public record Enqueued(boolean accepted, @Nullable JobId job) {

    /** A job without a unique key. */
    public static final Enqueued PLAIN = new Enqueued(true, null);

    public static Enqueued accepted(long id) {
        return new Enqueued(true, new JobId(id));
    }

    /** @param holder of the key */
    public static Enqueued duplicateOf(long holder) {
        return new Enqueued(false, new JobId(holder));
    }
}
