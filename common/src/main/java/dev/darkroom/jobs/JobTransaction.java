package dev.darkroom.jobs;

import java.sql.Connection;
import java.util.Collection;
import java.util.List;

/**
 * An open transaction on one physical database: what is written through its connection and the jobs enqueued in it come to
 * be together or not at all. Used by one thread; not to be kept beyond the work it was given to.
 */
public interface JobTransaction {

    /** The connection of the transaction, with auto-commit off. Neither commit nor close it. */
    Connection connection();

    /** The types that can be enqueued. */
    JobTypes types();

    /** Enqueues, in as few statements as possible (one for any number of jobs due now). */
    void enqueue(Collection<NewJob> jobs);

    default void enqueue(Job job) {
        enqueue(List.of(NewJob.now(job)));
    }

    /**
     * Enqueues jobs that belong together, with what follows when all of them have ended; a flow without jobs ends at once.
     *
     * @return the flow's number, by which its progress can be read
     */
    long enqueueFlow(NewFlow flow);
}
