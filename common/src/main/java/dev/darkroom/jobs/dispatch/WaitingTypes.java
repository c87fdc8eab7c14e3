package dev.darkroom.jobs.dispatch;

import java.sql.Array;
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

    // One column at a time: a comparison of (type, priority) with both bounds is not used to end a scan of the index.
    private static final String TYPES = """
            SELECT w.type
            FROM unnest(?::text[], ?::text[]) AS gap(low, high)
            CROSS JOIN LATERAL (
              WITH RECURSIVE waiting(type) AS (
                (SELECT type FROM jobs.job
                 WHERE leased_until IS NULL AND type > gap.low AND type < gap.high ORDER BY type LIMIT 1)
                UNION ALL
                SELECT next.type FROM waiting CROSS JOIN LATERAL (
                  SELECT type FROM jobs.job
                  WHERE leased_until IS NULL AND type > waiting.type AND type < gap.high
                  ORDER BY type LIMIT 1) next
              )
              SELECT type FROM waiting) w""";

    private static final String PRIORITIES = """
            SELECT gap.type, w.priority
            FROM unnest(?::text[], ?::smallint[], ?::smallint[]) AS gap(type, low, high)
            CROSS JOIN LATERAL (
              WITH RECURSIVE waiting(priority) AS (
                (SELECT priority FROM jobs.job
                 WHERE leased_until IS NULL AND type = gap.type AND priority > gap.low AND priority < gap.high
                 ORDER BY priority LIMIT 1)
                UNION ALL
                SELECT next.priority FROM waiting CROSS JOIN LATERAL (
                  SELECT priority FROM jobs.job
                  WHERE leased_until IS NULL AND type = gap.type AND priority > waiting.priority AND priority < gap.high
                  ORDER BY priority LIMIT 1) next
              )
              SELECT priority FROM waiting) w""";

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
        for (String type : otherTypes(connection, List.copyOf(waiting.keySet()))) {
            waiting.put(type, new TreeSet<>());
        }
        if (!waiting.isEmpty()) {
            addOtherPriorities(connection, waiting);
        }
        return waiting;
    }

    private static List<String> otherTypes(Connection connection, List<String> known) throws SQLException {
        List<String> bounds = new ArrayList<>(List.of(""));
        bounds.addAll(known);
        bounds.add(BEHIND_ALL);
        List<String> types = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(TYPES)) {
            select.setArray(1, array(connection, "text", bounds.subList(0, known.size() + 1)));
            select.setArray(2, array(connection, "text", bounds.subList(1, known.size() + 2)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    types.add(rows.getString(1));
                }
            }
        }
        return types;
    }

    private static void addOtherPriorities(Connection connection, SortedMap<String, SortedSet<Short>> waiting)
            throws SQLException {
        List<String> types = new ArrayList<>();
        List<Short> lows = new ArrayList<>();
        List<Short> highs = new ArrayList<>();
        waiting.forEach((type, known) -> {
            short low = Short.MIN_VALUE;
            for (short priority : known) {
                types.add(type);
                lows.add(low);
                highs.add(priority);
                low = priority;
            }
            types.add(type);
            lows.add(low);
            highs.add(Short.MAX_VALUE);
        });
        try (PreparedStatement select = connection.prepareStatement(PRIORITIES)) {
            select.setArray(1, array(connection, "text", types));
            select.setArray(2, array(connection, "int2", lows));
            select.setArray(3, array(connection, "int2", highs));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    waiting.computeIfAbsent(rows.getString(1), type -> new TreeSet<>())
                            .add(rows.getShort(2));
                }
            }
        }
    }

    private static Array array(Connection connection, String type, List<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }
}
