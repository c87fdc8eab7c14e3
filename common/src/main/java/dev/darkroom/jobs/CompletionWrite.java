package dev.darkroom.jobs;

import java.sql.SQLException;

/**
 * Something written in the transaction that completes a job, and only if that run's outcome counts. It may run more than
 * once (the transaction is repeated when its commit is unknown), so it writes and does nothing else.
 */
@FunctionalInterface
public interface CompletionWrite {

    void write(JobTransaction transaction) throws SQLException;
}
