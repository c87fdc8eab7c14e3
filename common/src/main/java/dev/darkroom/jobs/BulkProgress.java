package dev.darkroom.jobs;

/** Hears how far a bulk is. */
@FunctionalInterface
public interface BulkProgress {

    /** Nobody listens. */
    BulkProgress NONE = enqueued -> {};

    /**
     * Called by the thread that enqueues, after each commit.
     *
     * @param enqueued how many of the iterator's jobs exist now, those of earlier calls for the same name included
     */
    void committed(long enqueued);
}
