package dev.darkroom.jobs.replay;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.failures.FailureCondition;
import dev.darkroom.jobs.failures.FailureFilter;
import dev.darkroom.jobs.failures.FilterJson;
import dev.darkroom.jobs.ledger.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Writes a database's part of a replay: the cut-off by that database's clock, and how many of each cause there are. Nothing
 * comes of it until the order is in the directory.
 */
final class PrepareParts {

    /** Nothing is moved in this state; the order's state follows. */
    static final String PREPARED = "prepared";

    private static final String PART = """
            INSERT INTO jobs.replay (id, state, filter, cut_off, rate, outstanding, started_by)
            VALUES (?, '%s', ?::jsonb, clock_timestamp(), ?, ?, ?)""".formatted(PREPARED);

    private static final String GROUPS = """
            INSERT INTO jobs.replay_group (replay_id, fingerprint, type, selected, canary_left, usual_micros)
            SELECT ?, f.fingerprint, f.type, f.jobs,
                   CASE WHEN ? > 0 THEN least(f.jobs, greatest(%d, ceil(f.jobs * ? / 100))) ELSE 0 END, usual.micros
            FROM (SELECT fingerprint, type, count(*) AS jobs FROM jobs.failed_job
                  WHERE %%s AND failed_at <= (SELECT cut_off FROM jobs.replay WHERE id = ?)
                  GROUP BY fingerprint, type) f
            LEFT JOIN (SELECT type, sum(run_micros) / nullif(sum(done + retried + discarded + failed), 0) AS micros
                       FROM (SELECT type, run_micros, done, retried, discarded, failed FROM jobs.worker_count
                             UNION ALL SELECT type, run_micros, done, retried, discarded, failed FROM jobs.type_total) c
                       GROUP BY type) usual ON usual.type = f.type""".formatted(ReplayPace.LEAST_CANARY);

    private static final String SELECTED = """
            UPDATE jobs.replay SET selected = (SELECT coalesce(sum(selected), 0) FROM jobs.replay_group WHERE replay_id = ?)
            WHERE id = ? RETURNING selected""";

    private PrepareParts() {}

    /** Returns how many jobs the database selects. */
    static long prepare(Ledger ledger, long id, FailureFilter filter, ReplayPace pace, String by) {
        analyze(ledger);
        return ledger.inTransaction(transaction -> {
            Connection connection = transaction.connection();
            try (PreparedStatement insert = connection.prepareStatement(PART)) {
                insert.setLong(1, id);
                insert.setString(2, FilterJson.write(filter));
                insert.setDouble(3, pace.rate());
                insert.setLong(4, pace.outstanding());
                insert.setString(5, by);
                insert.executeUpdate();
            }
            return select(connection, id, filter, pace);
        });
    }

    /** A table that has just filled up looks empty to the planner, which then reads it anew for each chunk. */
    private static void analyze(Ledger ledger) {
        try (Connection connection = ledger.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE jobs.failed_job");
        } catch (SQLException e) {
            throw new JobException(
                    "Database " + ledger.database() + " cannot be asked, so no replay was started: " + e.getMessage(),
                    e);
        }
    }

    private static long select(Connection connection, long id, FailureFilter filter, ReplayPace pace)
            throws SQLException {
        FailureCondition condition = FailureCondition.of(filter);
        try (PreparedStatement groups = connection.prepareStatement(GROUPS.formatted(condition.sql()));
                PreparedStatement selected = connection.prepareStatement(SELECTED)) {
            groups.setLong(1, id);
            groups.setDouble(2, pace.canaryPercent());
            groups.setDouble(3, pace.canaryPercent());
            groups.setLong(condition.bind(groups, 4), id);
            groups.executeUpdate();
            selected.setLong(1, id);
            selected.setLong(2, id);
            try (ResultSet row = selected.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
