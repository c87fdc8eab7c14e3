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

    /**
     * Enqueues, in as few statements as possible (one for any number of jobs due now). Only jobs with a unique key cost one
     * more, at once: it takes the keys, and waits for a transaction that has just taken one of them.
     *
     * @return for each job, in order, whether it was enqueued
     * @throws JobException if the keys cannot be taken; the transaction is then of no use any more
     */
    List<Enqueued> enqueue(Collection<NewJob> jobs);

    default Enqueued enqueue(NewJob job) {
        return enqueue(List.of(job)).get(0);
    }

    default Enqueued enqueue(Job job) {
        return enqueue(NewJob.now(job));
    }

    /**
     * Enqueues jobs that belong together, with what follows when all of them have ended; a flow without jobs ends at once. A
     * job whose unique key is held is not enqueued and does not belong to it.
     *
     * @return the flow's number, by which its progress can be read
     */
    long enqueueFlow(NewFlow flow);
}
