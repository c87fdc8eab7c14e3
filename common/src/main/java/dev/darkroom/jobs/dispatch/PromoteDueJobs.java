package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.ledger.JobColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

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
            INSERT INTO jobs.job (%s)
            SELECT %s FROM due
            RETURNING %s""".formatted(BATCH, JobColumns.ALL, JobColumns.ALL, ReadyJob.COLUMNS);

    private PromoteDueJobs() {}

    /** Moves a batch; a full one means that there may be more. */
    static List<ReadyJob> promote(Connection connection) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(PROMOTE)) {
            return ReadyJob.read(move);
        }
    }

    static boolean isFull(List<ReadyJob> batch) {
        return batch.size() >= BATCH;
    }
}
