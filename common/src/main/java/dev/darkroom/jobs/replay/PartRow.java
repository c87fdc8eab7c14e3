package dev.darkroom.jobs.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A database's part of a replay, in that database's {@code jobs.replay}.
 *
 * @param filter as JSON
 * @param exhausted whether nothing is left to move
 */
public record PartRow(
        long id, String state, String filter, long outstanding, boolean exhausted, ReplayProgress progress) {

    // What is outstanding follows from the counts, so that no rows are counted.
    private static final String SELECT = """
            SELECT r.id, r.state, r.filter, r.outstanding, r.exhausted, r.selected, r.moved, r.missing, r.superseded,
                   c.done, c.failed, c.discarded
            FROM jobs.replay r CROSS JOIN LATERAL (
              SELECT coalesce(sum(jobs) FILTER (WHERE state = 'done'), 0) AS done,
                     coalesce(sum(jobs) FILTER (WHERE state = 'failed'), 0) AS failed,
                     coalesce(sum(jobs) FILTER (WHERE state = 'discarded'), 0) AS discarded
              FROM jobs.replay_result WHERE replay_id = r.id) c
            WHERE %s""";

    private static final String OPEN = SELECT.formatted("r.ended_at IS NULL AND r.state <> 'prepared' ORDER BY r.id");
    private static final String ONE = SELECT.formatted("r.id = ?");

    private static final String FOLLOW = """
            UPDATE jobs.replay SET state = ?, version = ?, rate = ?, ended_at = CASE WHEN ? THEN clock_timestamp() END
            WHERE id = ? AND version < ?""";

    /** Parts of which something may be outstanding, the oldest first. */
    public static List<PartRow> open(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(OPEN)) {
            return read(select);
        }
    }

    /** At most one. */
    public static List<PartRow> find(Connection connection, long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ONE)) {
            select.setLong(1, id);
            return read(select);
        }
    }

    /** Takes over the order's state, unless it has a newer one already. */
    public static void follow(Connection connection, PartOrder order) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(FOLLOW)) {
            update.setString(1, order.state().code());
            update.setLong(2, order.version());
            update.setDouble(3, order.rate());
            update.setBoolean(4, order.ended());
            update.setLong(5, order.id());
            update.setLong(6, order.version());
            update.executeUpdate();
        }
    }

    private static List<PartRow> read(PreparedStatement select) throws SQLException {
        List<PartRow> parts = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ReplayProgress progress = ReplayProgress.read(row);
                parts.add(new PartRow(
                        row.getLong("id"),
                        row.getString("state"),
                        row.getString("filter"),
                        row.getLong("outstanding"),
                        row.getBoolean("exhausted"),
                        progress));
            }
        }
        return parts;
    }
}
