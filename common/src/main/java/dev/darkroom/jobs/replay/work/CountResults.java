package dev.darkroom.jobs.replay.work;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Keeps the counts of a replay short and complete. */
final class CountResults {

    private static final String ADD_UP = """
            WITH parts AS (
              DELETE FROM jobs.replay_result
              WHERE replay_id = ? AND (SELECT count(*) FROM jobs.replay_result WHERE replay_id = ?) > 200
              RETURNING replay_id, state, fingerprint, jobs
            )
            INSERT INTO jobs.replay_result (replay_id, state, fingerprint, jobs)
            SELECT replay_id, state, fingerprint, sum(jobs) FROM parts GROUP BY replay_id, state, fingerprint""";

    private static final String FAILED = "FROM jobs.failed_job f WHERE f.id = r.job_id AND f.replay_id = r.replay_id";

    // A job leaves its table in the transaction that notes what became of it. Whoever takes one away otherwise
    // (a deadline, the death of its worker, a person) is found here: one picture of all tables, so what is
    // missing in it is gone.
    private static final String LOST = """
            WITH noted AS (
              UPDATE jobs.replay_job r
              SET state = %1$s, first = coalesce(r.first, %1$s), fingerprint = (SELECT f.fingerprint %2$s),
                  ended_at = clock_timestamp()
              WHERE r.replay_id = ? AND r.state = 'waiting'
                AND NOT EXISTS (SELECT 1 FROM jobs.job j WHERE j.id = r.job_id AND j.replay_id = r.replay_id)
                AND NOT EXISTS (SELECT 1 FROM jobs.later_job l WHERE l.id = r.job_id AND l.replay_id = r.replay_id)
              RETURNING r.replay_id, r.state, r.fingerprint
            )
            INSERT INTO jobs.replay_result (replay_id, state, fingerprint, jobs)
            SELECT replay_id, state, fingerprint, count(*) FROM noted GROUP BY replay_id, state, fingerprint""".formatted(
                    "CASE WHEN EXISTS (SELECT 1 %1$s) THEN 'failed' ELSE 'discarded' END".formatted(FAILED), FAILED);

    private CountResults() {}

    static void addUp(Connection connection, long replay) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD_UP)) {
            add.setLong(1, replay);
            add.setLong(2, replay);
            add.executeUpdate();
        }
    }

    static void findLost(Connection connection, long replay) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(LOST)) {
            find.setLong(1, replay);
            find.executeUpdate();
        }
    }
}
