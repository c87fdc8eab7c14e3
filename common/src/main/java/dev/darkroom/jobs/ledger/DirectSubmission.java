package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.JobType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The short way to Gearman, straight after the commit and past the relay. Only an optimisation: a job that does not get
 * through is found by its lease. Thread-safe.
 */
public interface DirectSubmission {

    /** Nothing goes the short way: every job waits for the relay. */
    DirectSubmission NONE = new DirectSubmission() {
        @Override
        public boolean admits(Connection connection, JobType<?> type, int count) {
            return false;
        }

        @Override
        public void submit(List<CommittedJob> jobs) {
            throw new IllegalStateException("Nothing was admitted, so nothing can be submitted");
        }
    };

    /**
     * Whether {@code count} jobs of the type may be submitted after the coming commit; takes them off the quota.
     *
     * @param connection the transaction about to commit; the gate may be read through it
     */
    boolean admits(Connection connection, JobType<?> type, int count) throws SQLException;

    /** Submits without waiting for an answer. */
    void submit(List<CommittedJob> jobs);
}
