package dev.darkroom.jobs.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a row belongs to, as the fenced statement that took it returned it.
 *
 * @param flowId null if it belongs to no flow
 * @param replayId null if no replay brought it
 * @param uniqueKey null if it holds no key
 */
public record RowLinks(
        @Nullable Long flowId,
        @Nullable Long replayId,
        @Nullable String uniqueKey) {

    static final RowLinks NONE = new RowLinks(null, null, null);

    /** What {@link #read} expects a statement to return. */
    static final String COLUMNS = "id, flow_id, replay_id, unique_key";

    /** How many {@link #COLUMNS} are. */
    static final int COLUMN_COUNT = 4;

    /** Runs a statement that returns {@link #COLUMNS}. */
    static void read(PreparedStatement statement, Map<Long, RowLinks> into) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                into.put(rows.getLong(1), of(rows));
            }
        }
    }

    /** Of one row of {@link #COLUMNS}. */
    static RowLinks of(ResultSet row) throws SQLException {
        return new RowLinks(row.getObject(2, Long.class), row.getObject(3, Long.class), row.getString(4));
    }
}
