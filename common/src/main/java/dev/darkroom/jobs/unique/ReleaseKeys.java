package dev.darkroom.jobs.unique;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Gives unique keys back; never those for a period. */
public final class ReleaseKeys {

    private static final String OF_ENDED = "DELETE FROM jobs.unique_job WHERE job_id = ANY (?) AND expires_at IS NULL";

    // A run of an earlier turn has nothing to say: the job waits again. The lock is a transaction's that relies on this
    // run; it is waited for in vain if that transaction stays open. One round trip.
    private static final String OF_BEGUN = """
            SET LOCAL lock_timeout = '5s';
            DELETE FROM jobs.unique_job u USING jobs.job j
            WHERE u.job_id = ? AND u.expires_at IS NULL AND j.id = u.job_id AND j.turn = ?;
            COMMIT""";

    private ReleaseKeys() {}

    /** Of jobs that have ended, in the transaction that ends them. */
    public static void ofEnded(Connection connection, Long[] jobs) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(OF_ENDED)) {
            delete.setArray(1, connection.createArrayOf("int8", jobs));
            delete.executeUpdate();
        }
    }

    /**
     * Of a job that is about to be run and holds its key only while it waits. Returns when every transaction that relies on
     * this run has committed.
     *
     * @param connection with auto-commit on, and left so
     * @throws SQLException also if such a transaction does not end within five seconds
     */
    public static void ofBegun(Connection connection, long job, int turn) throws SQLException {
        connection.setAutoCommit(false);
        boolean released = false;
        try (PreparedStatement delete = connection.prepareStatement(OF_BEGUN)) {
            delete.setLong(1, job);
            delete.setInt(2, turn);
            delete.execute();
            released = true;
        } finally {
            if (!released) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }
}
