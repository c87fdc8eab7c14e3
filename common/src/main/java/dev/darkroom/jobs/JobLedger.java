package dev.darkroom.jobs;

import org.jspecify.annotations.Nullable;

/** Where jobs are enqueued, by code that does not care whether a database is behind it. */
public interface JobLedger {

    /**
     * Runs the work in one transaction and commits it: what it writes and the jobs that it enqueues come to be together. If
     * anything is thrown nothing has happened, but for one case: when the connection breaks during the commit itself,
     * whether it took place is unknown.
     *
     * @throws JobException if the database refuses or cannot be reached
     */
    <T extends @Nullable Object> T inTransaction(TransactionWork<T> work);
}
