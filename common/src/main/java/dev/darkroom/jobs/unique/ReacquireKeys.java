package dev.darkroom.jobs.unique;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Takes the unique keys again that failed jobs held, before they go back to waiting. A failed job holds no key, so another
 * may have taken it meanwhile: then that one does the work, and the failed one is superseded.
 */
public final class ReacquireKeys {

    // Of several failed jobs with one key the oldest gets it.
    private static final String REACQUIRE = """
            WITH wanted AS (
              SELECT DISTINCT ON (type, unique_key) id, type, unique_key FROM jobs.failed_job
              WHERE id = ANY (?) AND unique_key IS NOT NULL ORDER BY type, unique_key, id
            ), taken AS (
              INSERT INTO jobs.unique_job (type, key, job_id)
              SELECT type, unique_key, id FROM wanted ORDER BY type, unique_key
              ON CONFLICT (type, key) DO NOTHING RETURNING job_id
            )
            SELECT id FROM jobs.failed_job
            WHERE id = ANY (?) AND unique_key IS NOT NULL AND id NOT IN (SELECT job_id FROM taken)""";

    private ReacquireKeys() {}

    /**
     * To be called in the transaction that then moves the failed rows back, without those that are returned.
     *
     * @param failed ids of rows of {@code jobs.failed_job}, with or without keys
     * @return those that are superseded; a job without a key never is
     */
    public static Set<Long> take(Connection connection, Collection<Long> failed) throws SQLException {
        Set<Long> superseded = new HashSet<>();
        try (PreparedStatement reacquire = connection.prepareStatement(REACQUIRE)) {
            reacquire.setArray(1, connection.createArrayOf("int8", failed.toArray()));
            reacquire.setArray(2, connection.createArrayOf("int8", failed.toArray()));
            try (ResultSet rows = reacquire.executeQuery()) {
                while (rows.next()) {
                    superseded.add(rows.getLong(1));
                }
            }
        }
        return superseded;
    }
}
