package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lanes of one priority of a job type in turn. Lanes are found by skipping through the index, so a lane of a
 * million jobs costs no more than a lane of one. A pass over all lanes goes on where the last jobs were taken, however few
 * there is room for at a time. A lane that has jobs in flight is read on from where it was left; a row committed late behind
 * that place is found by {@link LateCommits}. Used by one thread.
 */
final class LaneRotation {

    /** Lanes looked at in one go, at most; the next go is on behind them. */
    static final int LANES_AT_ONCE = 500;

    /** Lanes looked at for a single job: those that have nothing new are passed over quickly. */
    private static final int FEWEST_LANES_AT_ONCE = 50;

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
              WHERE lanes.n < ?
            )
            SELECT lane FROM lanes""";

    /** Whether there is a lane with rows between those that are known. */
    private static final String OTHERS = """
            SELECT EXISTS (
              SELECT FROM unnest(?::text[], ?::text[]) AS gap(low, high) CROSS JOIN LATERAL (
                SELECT FROM jobs.job
                WHERE leased_until IS NULL AND type = ? AND priority = ? AND lane >= gap.low AND lane < gap.high
                ORDER BY lane LIMIT 1) other)
            OR EXISTS (
              SELECT FROM (
                SELECT FROM jobs.job WHERE leased_until IS NULL AND type = ? AND priority = ? AND lane >= ?
                ORDER BY lane LIMIT 1) other)""";

    /** Sorts right behind a lane: nothing is between a text and the same with the lowest character behind it. */
    private static final String BEHIND = "\u0001";

    // Not lane = c.lane AND id > c.after: that would also fit the primary key, which holds all types and lanes.
    private static final String JOBS = """
            SELECT j.*, c.number
            FROM unnest(?::text[], ?::bigint[]) WITH ORDINALITY AS c(lane, after, number) CROSS JOIN LATERAL (
              SELECT %s FROM jobs.job
              WHERE leased_until IS NULL AND type = ? AND priority = ? AND (lane, id) > (c.lane, c.after) AND lane <= c.lane
              ORDER BY lane, id LIMIT ?) j""".formatted(WaitingJob.COLUMNS);

    private final String type;
    private final short priority;
    private final Map<String, Long> cursors = new HashMap<>();
    /** Where each lane had been read to when the last sweep looked. */
    private Map<String, Long> swept = Map.of();
    /** All lanes that had rows when they were last looked for, if they are few: then they need not be looked for each time. */
    private List<String> few = List.of();

    private final Periodic search = new Periodic(Duration.ofMillis(100));
    private String from = "";
    private boolean exhausted;
    /** Whether nothing was left behind since the pass began at the first lane. */
    private boolean nothingLeft;
    /** Whether nothing was taken since the pass began at the first lane. */
    private boolean nothingTaken;
    /** How many lanes the present pass has been over, and the last whole one was. */
    private int lanesSeen;

    private int lanesInLastPass;
    /** How many jobs of each lane the present pass takes. */
    private int share = 1;

    LaneRotation(String type, short priority) {
        this.type = type;
        this.priority = priority;
    }

    /**
     * The next jobs, as many of each lane as there is room for in one pass over all, at most {@code count}. Afterwards
     * {@link #isExhausted} tells whether nothing is left that was not taken before.
     *
     * @param shut lanes that are passed over, though something may wait in them
     */
    List<WaitingJob> take(Connection connection, int count, Predicate<String> shut) throws SQLException {
        int atOnce = Math.min(LANES_AT_ONCE, Math.max(FEWEST_LANES_AT_ONCE, count));
        boolean fromTheStart = from.isEmpty();
        nothingLeft |= fromTheStart;
        nothingTaken |= fromTheStart;
        if (fromTheStart) {
            share = Math.max(1, count / Math.max(1, lanesInLastPass));
        }
        boolean searched = !fromTheStart || few.isEmpty() || search.isDue();
        if (fromTheStart && searched && hasOthers(connection)) {
            few = List.of();
        }
        List<String> found = fromTheStart && !few.isEmpty() ? few : lanes(connection, from, atOnce);
        boolean toTheEnd = found.size() < atOnce;
        if (fromTheStart) {
            few = toTheEnd && found.size() < FEWEST_LANES_AT_ONCE ? found : List.of();
        }
        List<String> open = found.stream().filter(shut.negate()).toList();
        // Of a part of the lanes no more than leaves room for the others.
        int ofEach = fromTheStart && toTheEnd
                ? roundedUp(count, open.size())
                : Math.min(lanesInLastPass == 0 ? 1 : share, roundedUp(count, open.size()));
        Map<String, Deque<WaitingJob>> byLane = open.isEmpty() ? Map.of() : jobs(connection, open, ofEach);
        nothingLeft &= open.size() == found.size() && byLane.values().stream().allMatch(jobs -> jobs.size() < ofEach);
        if (nothingLeft && !searched && hasOthers(connection)) {
            few = List.of();
            nothingLeft = false;
            nothingTaken = false;
        }
        List<WaitingJob> taken = inTurn(byLane, count);
        nothingTaken &= taken.isEmpty();
        readTo(taken);
        boolean eachHadItsTurn = fromTheStart && toTheEnd && count >= open.size();
        goOn(
                found,
                toTheEnd,
                taken.size() == count && !eachHadItsTurn
                        ? taken.get(count - 1).lane().lane()
                        : null);
        return taken;
    }

    /** The jobs of a lane are taken in the order of their ids. */
    private void readTo(List<WaitingJob> taken) {
        for (int i = 0; i < taken.size(); i++) {
            WaitingJob job = taken.get(i);
            if (i + 1 == taken.size() || !taken.get(i + 1).lane().equals(job.lane())) {
                cursors.merge(job.lane().lane(), job.envelope().id(), Math::max);
            }
        }
    }

    private boolean hasOthers(Connection connection) throws SQLException {
        if (few.isEmpty()) {
            return false;
        }
        List<String> lows = new ArrayList<>();
        lows.add("");
        few.forEach(lane -> lows.add(lane + BEHIND));
        try (PreparedStatement select = connection.prepareStatement(OTHERS)) {
            select.setArray(
                    1,
                    connection.createArrayOf("text", lows.subList(0, few.size()).toArray()));
            select.setArray(2, connection.createArrayOf("text", few.toArray()));
            select.setString(3, type);
            select.setShort(4, priority);
            select.setString(5, type);
            select.setShort(6, priority);
            select.setString(7, lows.get(few.size()));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Whether rows of it are known to wait without looking. */
    boolean readsOn() {
        return !few.isEmpty() && !exhausted;
    }

    private static int roundedUp(int count, int lanes) {
        return lanes == 0 ? 1 : (count + lanes - 1) / lanes;
    }

    /** @param lastTaken where there was no more room; null if there is room for more, or every lane got its share */
    private void goOn(List<String> found, boolean toTheEnd, @Nullable String lastTaken) {
        lanesSeen += lastTaken == null ? found.size() : found.indexOf(lastTaken) + 1;
        String last = found.isEmpty() ? "" : found.get(found.size() - 1);
        boolean passEnds = toTheEnd && (lastTaken == null || lastTaken.equals(last));
        from = passEnds ? "" : (lastTaken == null ? last : lastTaken) + BEHIND;
        if (passEnds) {
            lanesInLastPass = lanesSeen;
            lanesSeen = 0;
        }
        if (passEnds || !nothingLeft) {
            exhausted = nothingLeft;
        }
    }

    /** Whether the last pass saw every lane to its end, and nothing new has been seen since. */
    boolean isExhausted() {
        return exhausted;
    }

    /** Whether the last pass has ended and took nothing of any lane: another one at once would not either. */
    boolean isFruitless() {
        return from.isEmpty() && nothingTaken;
    }

    /** Lanes with rows from one on, in their order. */
    List<String> lanes(Connection connection, String first, int most) throws SQLException {
        List<String> lanes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(LANES)) {
            select.setString(1, type);
            select.setShort(2, priority);
            select.setString(3, first);
            select.setString(4, type);
            select.setShort(5, priority);
            select.setInt(6, most);
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
        Object[] after = lanes.stream().map(this::cursor).toArray();
        List<LaneKey> keys =
                lanes.stream().map(lane -> new LaneKey(priority, lane)).toList();
        try (PreparedStatement select = connection.prepareStatement(JOBS)) {
            select.setArray(1, connection.createArrayOf("text", lanes.toArray()));
            select.setArray(2, connection.createArrayOf("int8", after));
            select.setString(3, type);
            select.setShort(4, priority);
            select.setInt(5, ofEach);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    LaneKey lane = keys.get((int) rows.getLong(WaitingJob.COLUMN_COUNT + 1) - 1);
                    byLane.computeIfAbsent(lane.lane(), key -> new ArrayDeque<>())
                            .add(WaitingJob.read(rows, lane));
                }
            }
        }
        return byLane;
    }

    private static List<WaitingJob> inTurn(Map<String, Deque<WaitingJob>> byLane, int count) {
        if (byLane.size() == 1) {
            List<WaitingJob> all = new ArrayList<>(byLane.values().iterator().next());
            return all.size() <= count ? all : all.subList(0, count);
        }
        List<WaitingJob> jobs = new ArrayList<>();
        Deque<Deque<WaitingJob>> open = new ArrayDeque<>(byLane.values());
        while (!open.isEmpty() && jobs.size() < count) {
            Deque<WaitingJob> lane = open.remove();
            jobs.add(lane.remove());
            if (!lane.isEmpty()) {
                open.add(lane);
            }
        }
        return jobs;
    }

    /** The next pass, or the rest of this one, begins with this lane. */
    void goOnAt(String lane) {
        from = lane;
    }

    /** The lane is read again from this job on. */
    void goBackTo(String lane, long id) {
        cursors.computeIfPresent(lane, (key, cursor) -> Math.min(cursor, id - 1));
        exhausted = false;
        nothingLeft = false;
    }

    /** Whether the lane was read beyond this job, which is then not found by reading on. */
    boolean isPassed(String lane, long id) {
        return id <= cursor(lane);
    }

    /** Whether any lane was read beyond this id. */
    boolean hasReadBeyond(long id) {
        for (long cursor : cursors.values()) {
            if (cursor > id) {
                return true;
            }
        }
        return false;
    }

    /** The last job that was taken of a lane; 0 if the lane is read from its start. */
    long cursor(String lane) {
        return cursors.getOrDefault(lane, 0L);
    }

    /** Forgets where lanes were left that have nothing in flight any more: they are read from their start. */
    void keepOnly(Set<String> lanes) {
        cursors.keySet().retainAll(lanes);
        few = few.stream().filter(lanes::contains).toList();
        swept = Map.copyOf(cursors);
    }

    /** Where a lane had been read to when the last sweep looked; 0 if it had not been read. */
    long swept(String lane) {
        return swept.getOrDefault(lane, 0L);
    }

    Map<String, Long> cursors() {
        return Map.copyOf(cursors);
    }

    short priority() {
        return priority;
    }
}
