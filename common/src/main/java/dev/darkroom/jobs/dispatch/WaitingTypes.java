package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which types and priorities have rows waiting: skips through the index, one probe for each pair. */
final class WaitingTypes {

    private static final String WAITING = """
            WITH RECURSIVE waiting(type, priority) AS (
              (SELECT type, priority FROM jobs.job WHERE leased_until IS NULL ORDER BY type, priority LIMIT 1)
              UNION ALL
              SELECT next.type, next.priority FROM waiting CROSS JOIN LATERAL (
                SELECT type, priority FROM jobs.job
                WHERE leased_until IS NULL AND (type, priority) > (waiting.type, waiting.priority)
                ORDER BY type, priority LIMIT 1) next
            )
            SELECT type, priority FROM waiting""";

    private WaitingTypes() {}

    static Map<String, SortedSet<Short>> in(Connection connection) throws SQLException {
        Map<String, SortedSet<Short>> waiting = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(WAITING);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                waiting.computeIfAbsent(rows.getString(1), type -> new TreeSet<>())
                        .add(rows.getShort(2));
            }
        }
        return waiting;
    }
}
