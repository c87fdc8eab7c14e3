package dev.darkroom.jobs.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What a database hears from the directory of its orders, and tells it of its parts. Thread-safe. */
public final class PartReports {

    /** How far a database is with its part. */
    public enum PartState {
        CANARY,
        PASSED,
        REFUSED,
        MOVING,
        MOVED,
        ENDED
    }

    // Shares are by what each database has to do, so that all come to their end together.
    private static final String ORDERS = """
            SELECT r.id, r.state, r.version, r.ended_at IS NOT NULL AS ended,
                   greatest(r.rate * p.selected / greatest(s.selected, 1), 0.01) AS rate
            FROM replay.replay r JOIN replay.part p ON p.replay_id = r.id AND p.database = ?
            CROSS JOIN LATERAL (SELECT sum(selected) AS selected FROM replay.part WHERE replay_id = r.id) s
            WHERE r.ended_at IS NULL OR r.id = ANY (?)
            ORDER BY r.id""";

    private static final String REPORT = """
            UPDATE replay.part
            SET state = ?, reason = ?, selected = ?, moved = ?, missing = ?, waiting = ?, done = ?, failed = ?,
                discarded = ?, superseded = ?, said_at = clock_timestamp()
            WHERE replay_id = ? AND database = ?""";

    private static final String DECIDE = """
            WITH decided AS (
              UPDATE replay.replay r
              SET version = version + 1,
                  state = CASE WHEN state = 'canary' AND p.refused THEN 'stopped'
                               WHEN state = 'canary' THEN 'running'
                               WHEN state = 'running' THEN 'finished' ELSE state END,
                  canary_passed = canary_passed OR state = 'canary' AND NOT p.refused,
                  reason = CASE WHEN state = 'canary' THEN p.reason ELSE r.reason END,
                  ended_at = CASE WHEN state IN ('running', 'cancelled') THEN clock_timestamp() END
              FROM (SELECT bool_or(state = 'refused') AS refused, bool_and(state <> 'canary') AS passed,
                           bool_and(state = 'ended') AS ended,
                           string_agg('database ' || database || ': ' || reason, '; ' ORDER BY database)
                             FILTER (WHERE state = 'refused') AS reason,
                           string_agg('database ' || database || ': ' || reason, '; ' ORDER BY database) AS summary
                    FROM replay.part WHERE replay_id = ?) p
              WHERE r.id = ? AND r.ended_at IS NULL
                AND (r.state = 'canary' AND (p.refused OR p.passed) OR r.state IN ('running', 'cancelled') AND p.ended)
              RETURNING r.id, r.state, r.reason, p.summary
            )
            INSERT INTO replay.act (replay_id, actor, action, note)
            SELECT id, '%s', CASE state WHEN 'running' THEN 'canary passed' WHEN 'stopped' THEN 'stopped by its canary'
                              ELSE 'ended' END, coalesce(reason, summary)
            FROM decided""".formatted(ReplayAct.ITSELF);

    private final DataSource directory;

    public PartReports(DataSource directory) {
        this.directory = directory;
    }

    /**
     * The orders that a database has to follow.
     *
     * @param open those that it takes for open, of which it hears even if they are not
     */
    public List<PartOrder> orders(int database, List<Long> open) throws SQLException {
        try (Connection connection = directory.getConnection();
                PreparedStatement select = connection.prepareStatement(ORDERS)) {
            select.setInt(1, database);
            select.setArray(2, connection.createArrayOf("int8", open.toArray()));
            List<PartOrder> orders = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    orders.add(new PartOrder(
                            row.getLong("id"),
                            ReplayState.ofCode(row.getString("state")),
                            row.getLong("version"),
                            row.getDouble("rate"),
                            row.getBoolean("ended")));
                }
            }
            return orders;
        }
    }

    /** Tells how far the database is, and takes the decision that follows where all have said enough. */
    public void report(int database, PartRow part, PartState state, @Nullable String reason) throws SQLException {
        ReplayProgress progress = part.progress();
        try (Connection connection = directory.getConnection();
                PreparedStatement update = connection.prepareStatement(REPORT);
                PreparedStatement decide = connection.prepareStatement(DECIDE)) {
            update.setString(1, state.name().toLowerCase(java.util.Locale.ROOT));
            update.setString(2, reason);
            update.setLong(3, progress.selected());
            update.setLong(4, progress.moved());
            update.setLong(5, progress.missing());
            update.setLong(6, progress.waiting());
            update.setLong(7, progress.done());
            update.setLong(8, progress.failed());
            update.setLong(9, progress.discarded());
            update.setLong(10, progress.superseded());
            update.setLong(11, part.id());
            update.setInt(12, database);
            update.executeUpdate();
            decide.setLong(1, part.id());
            decide.setLong(2, part.id());
            decide.executeUpdate();
        }
    }
}
