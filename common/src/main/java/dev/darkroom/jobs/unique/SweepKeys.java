package dev.darkroom.jobs.unique;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Takes away unique keys that mean nothing any more. Two processes may do so at once. */
public final class SweepKeys {

    private static final int BATCH = 5_000;

    // The time is a sub-select and the rows are named by where they lie, so that keys whose period
    // goes on are not read.
    private static final String EXPIRED = """
            DELETE FROM jobs.unique_job WHERE ctid = ANY (ARRAY(
              SELECT ctid FROM jobs.unique_job WHERE expires_at <= (SELECT clock_timestamp())
              ORDER BY expires_at LIMIT %d FOR UPDATE SKIP LOCKED))""".formatted(BATCH);

    // A job is in one of the two tables in any snapshot, and its key came in one transaction with it.
    private static final String WITHOUT_JOB = """
            DELETE FROM jobs.unique_job u
            WHERE u.expires_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM jobs.job j WHERE j.id = u.job_id)
              AND NOT EXISTS (SELECT 1 FROM jobs.later_job l WHERE l.id = u.job_id)""";

    private SweepKeys() {}

    /** Keys whose period is over: they hinder nobody, they only take room. */
    public static void expired(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(EXPIRED)) {
            while (delete.executeUpdate() == BATCH) {
                // Until none is left.
            }
        }
    }

    /**
     * Keys of jobs that are not there any more, because somebody has deleted their rows by hand.
     *
     * @return how many there were
     */
    public static int withoutJob(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(WITHOUT_JOB)) {
            return delete.executeUpdate();
        }
    }
}
