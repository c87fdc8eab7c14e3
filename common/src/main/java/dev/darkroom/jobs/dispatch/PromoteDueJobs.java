package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Moves jobs whose time has come from those due later to those due now. */
final class PromoteDueJobs {

    private static final int BATCH = 5_000;

    private static final String PROMOTE = """
            WITH due AS (
              DELETE FROM jobs.later_job WHERE id IN (
                SELECT id FROM jobs.later_job WHERE run_at <= clock_timestamp()
                ORDER BY run_at LIMIT %d FOR UPDATE SKIP LOCKED)
              RETURNING *
            )
            INSERT INTO jobs.job (id, run_at, created_at, expires_at, replay_id, flow_id, turn, attempt, priority,
                                  type, lane, unique_key, args, trace)
            SELECT id, run_at, created_at, expires_at, replay_id, flow_id, turn, attempt, priority,
                   type, lane, unique_key, args, trace
            FROM due""".formatted(BATCH);

    private PromoteDueJobs() {}

    /** Returns whether there may be more. */
    static boolean promote(Connection connection) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(PROMOTE)) {
            return move.executeUpdate() >= BATCH;
        }
    }
}
