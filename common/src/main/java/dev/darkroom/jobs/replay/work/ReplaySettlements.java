package dev.darkroom.jobs.replay.work;

import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.Mark;
import dev.darkroom.jobs.ledger.SettledJob;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.ledger.SettlementListener;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Notes what became of replayed jobs in the transaction that settles them, one statement a batch. Counts are appended, so
 * that no worker waits for another. Thread-safe.
 */
public final class ReplaySettlements implements SettlementListener {

    private static final String NOTE = """
            WITH settled AS (
              SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bigint[])
                AS s(replay_id, job_id, outcome, fingerprint, micros)
            ), noted AS (
              UPDATE jobs.replay_job r
              SET state = CASE s.outcome WHEN 'retried' THEN r.state ELSE s.outcome END,
                  fingerprint = CASE s.outcome WHEN 'failed' THEN s.fingerprint END,
                  first = coalesce(r.first, CASE s.outcome WHEN 'retried' THEN 'failed' ELSE s.outcome END),
                  first_micros = coalesce(r.first_micros, s.micros),
                  ended_at = CASE s.outcome WHEN 'retried' THEN NULL ELSE clock_timestamp() END
              FROM settled s
              WHERE r.replay_id = s.replay_id AND r.job_id = s.job_id AND r.state = 'waiting'
                AND (s.outcome <> 'retried' OR r.canary AND r.first IS NULL)
              RETURNING r.replay_id, r.state, r.fingerprint
            )
            INSERT INTO jobs.replay_result (replay_id, state, fingerprint, jobs)
            SELECT replay_id, state, fingerprint, count(*) FROM noted WHERE state <> 'waiting'
            GROUP BY replay_id, state, fingerprint""";

    @Override
    public boolean concerns(FinishedJob job) {
        return job.marks().has(Mark.REPLAY);
    }

    @Override
    public void settled(JobTransaction transaction, List<SettledJob> jobs) throws SQLException {
        List<SettledJob> tried = jobs.stream()
                .filter(job ->
                        job.settlement() != Settlement.SNOOZED && job.links().replayId() != null)
                .toList();
        if (tried.isEmpty()) {
            return;
        }
        Connection connection = transaction.connection();
        try (PreparedStatement note = connection.prepareStatement(NOTE)) {
            note.setArray(1, array(connection, "int8", tried, job -> job.links().replayId()));
            note.setArray(2, array(connection, "int8", tried, job -> job.job().id()));
            note.setArray(
                    3,
                    array(
                            connection,
                            "text",
                            tried,
                            job -> job.settlement().name().toLowerCase(Locale.ROOT)));
            note.setArray(4, array(connection, "text", tried, SettledJob::fingerprint));
            note.setArray(5, array(connection, "int8", tried, job -> job.job().runMicros()));
            note.executeUpdate();
        }
    }

    private static Array array(
            Connection connection, String type, List<SettledJob> jobs, Function<SettledJob, @Nullable Object> column)
            throws SQLException {
        return connection.createArrayOf(type, jobs.stream().map(column).toArray());
    }
}
