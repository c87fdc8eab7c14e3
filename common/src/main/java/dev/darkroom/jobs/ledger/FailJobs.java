package dev.darkroom.jobs.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Moves jobs that have no attempt left to the failed table, with the reason. Fenced by the turn of the run. */
final class FailJobs {

    private static final String FAIL = """
            WITH outcome AS (
              SELECT * FROM unnest(?::bigint[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::text[])
                AS o(id, turn, error_class, message, stack, fingerprint)
            ), gone AS (
              DELETE FROM jobs.job j USING outcome o WHERE j.id = o.id AND j.turn = o.turn
              RETURNING j.*, o.error_class, o.message, o.stack, o.fingerprint
            )
            INSERT INTO jobs.failed_job (%s, error_class, message, stack, fingerprint, worker)
            SELECT %s, run_at, turn + 1, attempt + 1, error_class, message, stack, fingerprint, ? FROM gone
            RETURNING %s""".formatted(JobColumns.ALL, JobColumns.KEPT, RowLinks.COLUMNS);

    private FailJobs() {}

    /** @param failures why, in the order of the jobs */
    static Map<Long, RowLinks> fenced(
            Connection connection, List<FinishedJob> jobs, List<Failure> failures, String worker) throws SQLException {
        Map<Long, RowLinks> failed = new HashMap<>();
        if (jobs.isEmpty()) {
            return failed;
        }
        try (PreparedStatement move = connection.prepareStatement(FAIL)) {
            move.setArray(1, SettleJobs.ids(connection, jobs));
            move.setArray(
                    2,
                    connection.createArrayOf(
                            "int4", jobs.stream().map(FinishedJob::turn).toArray()));
            move.setArray(
                    3,
                    text(connection, failures.stream().map(Failure::errorClass).toArray()));
            move.setArray(
                    4, text(connection, failures.stream().map(Failure::message).toArray()));
            move.setArray(
                    5, text(connection, failures.stream().map(Failure::stack).toArray()));
            move.setArray(
                    6,
                    text(connection, failures.stream().map(Failure::fingerprint).toArray()));
            move.setString(7, worker);
            RowLinks.read(move, failed);
        }
        return failed;
    }

    private static java.sql.Array text(Connection connection, Object[] values) throws SQLException {
        return connection.createArrayOf("text", values);
    }
}
