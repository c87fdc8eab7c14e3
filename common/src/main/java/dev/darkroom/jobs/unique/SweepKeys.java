package dev.darkroom.jobs.unique;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Takes away unique keys that mean nothing any more. Two processes may do so at once. */
public final class SweepKeys {

    private static final int BATCH = 5_000;

    private static final String EXPIRED = """
            DELETE FROM jobs.unique_job WHERE (type, key) IN (
              SELECT type, key FROM jobs.unique_job WHERE expires_at <= clock_timestamp()
              ORDER BY expires_at LIMIT %d FOR UPDATE SKIP LOCKED)""".formatted(BATCH);

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
