package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which types and priorities have rows waiting: skips through the index, one probe for each pair. Those of which that is known
 * are left out: at the beginning of each lie the entries of all that is done, until they are vacuumed.
 */
final class WaitingTypes {

    private static final String WAITING = """
            SELECT w.type, w.priority
            FROM unnest(?::text[], ?::smallint[], ?::text[], ?::smallint[])
              AS gap(low_type, low_priority, high_type, high_priority)
            CROSS JOIN LATERAL (
              WITH RECURSIVE waiting(type, priority) AS (
                (SELECT type, priority FROM jobs.job
                 WHERE leased_until IS NULL AND (type, priority) > (gap.low_type, gap.low_priority)
                   AND (type, priority) < (gap.high_type, gap.high_priority)
                 ORDER BY type, priority LIMIT 1)
                UNION ALL
                SELECT next.type, next.priority FROM waiting CROSS JOIN LATERAL (
                  SELECT type, priority FROM jobs.job
                  WHERE leased_until IS NULL AND (type, priority) > (waiting.type, waiting.priority)
                    AND (type, priority) < (gap.high_type, gap.high_priority)
                  ORDER BY type, priority LIMIT 1) next
              )
              SELECT type, priority FROM waiting) w""";

    /** Sorts behind every type, whose names are letters, digits, dots and dashes. */
    private static final String BEHIND_ALL = "~";

    private WaitingTypes() {}

    /**
     * All of them.
     *
     * @param known types and priorities that are taken to have rows waiting, without looking
     */
    static Map<String, SortedSet<Short>> in(Connection connection, Map<String, SortedSet<Short>> known)
            throws SQLException {
        SortedMap<String, SortedSet<Short>> waiting = new TreeMap<>();
        known.forEach((type, priorities) -> waiting.put(type, new TreeSet<>(priorities)));
        List<String> types = new ArrayList<>(List.of(""));
        List<Short> priorities = new ArrayList<>(List.of(Short.MIN_VALUE));
        waiting.forEach((type, ofType) -> ofType.forEach(priority -> {
            types.add(type);
            priorities.add(priority);
        }));
        types.add(BEHIND_ALL);
        priorities.add(Short.MAX_VALUE);
        int gaps = types.size() - 1;
        try (PreparedStatement select = connection.prepareStatement(WAITING)) {
            select.setArray(
                    1, connection.createArrayOf("text", types.subList(0, gaps).toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf("int2", priorities.subList(0, gaps).toArray()));
            select.setArray(
                    3,
                    connection.createArrayOf("text", types.subList(1, gaps + 1).toArray()));
            select.setArray(
                    4,
                    connection.createArrayOf(
                            "int2", priorities.subList(1, gaps + 1).toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    waiting.computeIfAbsent(rows.getString(1), type -> new TreeSet<>())
                            .add(rows.getShort(2));
                }
            }
        }
        return waiting;
    }
}
