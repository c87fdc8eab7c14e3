package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the lanes of one priority of a job type in turn. Lanes are found by skipping through the index, so a lane of a
 * million jobs costs no more than a lane of one. A lane that has jobs in flight is read on from where it was left; a row
 * committed late behind that place is found by the sweep. Used by one thread.
 */
final class LaneRotation {

    /** Lanes read in one turn of {@link #take}; the next turn goes on behind them. */
    static final int LANES_AT_ONCE = 500;

    private static final String LANES = """
            WITH RECURSIVE lanes(lane, n) AS (
              (SELECT lane, 1 FROM jobs.job
               WHERE leased_until IS NULL AND type = ? AND priority = ? AND lane >= ?
               ORDER BY lane LIMIT 1)
              UNION ALL
              SELECT next.lane, lanes.n + 1 FROM lanes CROSS JOIN LATERAL (
                SELECT lane FROM jobs.job
                WHERE leased_until IS NULL AND type = ? AND priority = ? AND lane > lanes.lane
                ORDER BY lane LIMIT 1) next
              WHERE lanes.n < %d
            )
            SELECT lane FROM lanes""".formatted(LANES_AT_ONCE);

    private static final String JOBS = """
            SELECT j.*, c.lane
            FROM unnest(?::text[], ?::bigint[]) AS c(lane, after) CROSS JOIN LATERAL (
              SELECT %s FROM jobs.job
              WHERE leased_until IS NULL AND type = ? AND priority = ? AND lane = c.lane AND id > c.after
              ORDER BY id LIMIT ?) j""".formatted(WaitingJob.COLUMNS);

    private final String type;
    private final short priority;
    private final Map<String, Long> cursors = new HashMap<>();
    private String from = "";
    private boolean exhausted;

    LaneRotation(String type, short priority) {
        this.type = type;
        this.priority = priority;
    }

    /**
     * The next jobs, one of each lane in turn, at most about {@code count}. Afterwards {@link #isExhausted} tells whether
     * nothing is left that was not taken before.
     */
    List<WaitingJob> take(Connection connection, int count) throws SQLException {
        boolean fromTheStart = from.isEmpty();
        List<String> lanes = lanes(connection);
        boolean toTheEnd = lanes.size() < LANES_AT_ONCE;
        // Nothing sorts between a text and the same with the lowest character behind it.
        from = toTheEnd ? "" : lanes.get(lanes.size() - 1) + "\u0001";
        if (lanes.isEmpty()) {
            exhausted = fromTheStart;
            return List.of();
        }
        int ofEach = Math.max(1, (count + lanes.size() - 1) / lanes.size());
        Map<String, Deque<WaitingJob>> byLane = jobs(connection, lanes, ofEach);
        exhausted = fromTheStart && toTheEnd && byLane.values().stream().allMatch(jobs -> jobs.size() < ofEach);
        return inTurn(byLane);
    }

    /** Whether the last {@link #take} saw every lane to its end. */
    boolean isExhausted() {
        return exhausted;
    }

    private List<String> lanes(Connection connection) throws SQLException {
        List<String> lanes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(LANES)) {
            select.setString(1, type);
            select.setShort(2, priority);
            select.setString(3, from);
            select.setString(4, type);
            select.setShort(5, priority);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    lanes.add(rows.getString(1));
                }
            }
        }
        return lanes;
    }

    private Map<String, Deque<WaitingJob>> jobs(Connection connection, List<String> lanes, int ofEach)
            throws SQLException {
        Map<String, Deque<WaitingJob>> byLane = new LinkedHashMap<>();
        Object[] after =
                lanes.stream().map(lane -> cursors.getOrDefault(lane, 0L)).toArray();
        try (PreparedStatement select = connection.prepareStatement(JOBS)) {
            select.setArray(1, connection.createArrayOf("text", lanes.toArray()));
            select.setArray(2, connection.createArrayOf("int8", after));
            select.setString(3, type);
            select.setShort(4, priority);
            select.setInt(5, ofEach);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String lane = rows.getString(WaitingJob.COLUMN_COUNT + 1);
                    WaitingJob job = WaitingJob.read(rows, new LaneKey(priority, lane));
                    cursors.merge(lane, job.envelope().id(), Math::max);
                    byLane.computeIfAbsent(lane, key -> new ArrayDeque<>()).add(job);
                }
            }
        }
        return byLane;
    }

    private static List<WaitingJob> inTurn(Map<String, Deque<WaitingJob>> byLane) {
        List<WaitingJob> jobs = new ArrayList<>();
        List<Deque<WaitingJob>> open = new ArrayList<>(byLane.values());
        while (!open.isEmpty()) {
            open.forEach(lane -> jobs.add(lane.remove()));
            open.removeIf(Deque::isEmpty);
        }
        return jobs;
    }

    /** The lane is read again from this job on. */
    void goBackTo(String lane, long id) {
        cursors.computeIfPresent(lane, (key, cursor) -> Math.min(cursor, id - 1));
        exhausted = false;
    }

    /** Forgets where lanes were left that have nothing in flight any more: they are read from their start. */
    void keepOnly(Set<String> lanes) {
        cursors.keySet().retainAll(lanes);
    }

    Map<String, Long> cursors() {
        return Map.copyOf(cursors);
    }

    short priority() {
        return priority;
    }
}
