package dev.darkroom.jobs.breaker;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The breakers as whoever hands out reads and writes them. Every write is conditional, so two may do it at once, and passes
 * over a row that another's transaction holds: a worker that stands still while it settles does not hold up the hand-out.
 */
public final class HeldLanes {

    /** A condition on {@code jobs.breaker}: jobs of the lane are held back. Nothing of such a type is submitted directly. */
    public static final String HELD_BACK = "CASE WHEN by_hand IS NULL THEN state <> 'closed' ELSE by_hand = 'open' END";

    private static final String HELD = """
            SELECT type, lane, state, by_hand IS NOT NULL, probe_at <= now, first_rate, top_rate,
                   extract(epoch FROM doubling), extract(epoch FROM now - since)
            FROM jobs.breaker, clock_timestamp() AS now WHERE %s""".formatted(HELD_BACK);

    private static final String CLAIM = """
            UPDATE jobs.breaker b
            SET probes = probes + 1,
                probe_at = clock_timestamp() + least(longest_probe, first_probe * power(2, least(probes + 1, 20)))
            FROM (SELECT type, lane FROM jobs.breaker
                  WHERE type = ? AND lane = ANY (?) AND state = 'open' AND by_hand IS NULL
                    AND probe_at <= clock_timestamp()
                  FOR UPDATE SKIP LOCKED) free
            WHERE b.type = free.type AND b.lane = free.lane
            RETURNING b.lane""";

    // What was spared its attempt comes back after the first probe's wait: not closed before, lest
    // it go out in one heap.
    private static final String CLOSE = """
            DELETE FROM jobs.breaker b
            USING (SELECT type, lane FROM jobs.breaker
                   WHERE type = ? AND lane = ? AND state = 'draining' AND by_hand IS NULL
                     AND since < clock_timestamp() - 2 * first_probe
                   FOR UPDATE SKIP LOCKED) free
            WHERE b.type = free.type AND b.lane = free.lane
              AND NOT EXISTS (
                SELECT 1 FROM jobs.job j
                WHERE j.leased_until IS NULL AND j.type = b.type AND j.priority = ANY ('{0,1,2,3}') AND j.lane = b.lane
                  AND j.id <> ALL (?))""";

    // One that is open and has not been probed for long has no job that could be.
    private static final String FORGET = """
            DELETE FROM jobs.breaker b
            USING (SELECT type, lane FROM jobs.breaker
                   WHERE by_hand IS NULL
                     AND (state = 'closed' AND (failures = 0 OR since < clock_timestamp() - interval '10 minutes')
                          OR state = 'open' AND probe_at < clock_timestamp() - interval '10 minutes')
                   FOR UPDATE SKIP LOCKED) free
            WHERE b.type = free.type AND b.lane = free.lane""";

    private HeldLanes() {}

    public static List<HeldLane> read(Connection connection) throws SQLException {
        List<HeldLane> held = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(HELD);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                held.add(heldLane(rows));
            }
        }
        return held;
    }

    private static HeldLane heldLane(ResultSet row) throws SQLException {
        LaneId id = new LaneId(row.getString(1), row.getString(2));
        if (row.getBoolean(4)) {
            return new HeldLane(id, HeldLane.State.SHUT, false, 0);
        }
        if (row.getString(3).equals("open")) {
            return new HeldLane(id, HeldLane.State.PROBING, row.getBoolean(5), 0);
        }
        double rate =
                HeldLane.rate(row.getDouble(6), row.getDouble(7), seconds(row.getDouble(8)), seconds(row.getDouble(9)));
        return new HeldLane(id, HeldLane.State.DRAINING, false, rate);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    /** Those of the lanes for which this caller, and no other, may send a probe now; their next one is due later. */
    public static Set<String> claimProbes(Connection connection, String type, Collection<String> lanes)
            throws SQLException {
        Set<String> claimed = new HashSet<>();
        try (PreparedStatement update = connection.prepareStatement(CLAIM)) {
            update.setString(1, type);
            update.setArray(2, connection.createArrayOf("text", lanes.toArray()));
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    claimed.add(rows.getString(1));
                }
            }
        }
        return claimed;
    }

    /**
     * Closes the breaker of a lane that drains if nothing waits in it any more.
     *
     * @param inFlight ids of its jobs that are out
     */
    public static void closeIfDrained(Connection connection, LaneId lane, Collection<Long> inFlight)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(CLOSE)) {
            delete.setString(1, lane.type());
            delete.setString(2, lane.lane());
            delete.setArray(3, connection.createArrayOf("int8", inFlight.toArray()));
            delete.executeUpdate();
        }
    }

    /** Takes away rows that say nothing any more. */
    public static void forgetOld(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
            delete.executeUpdate();
        }
    }
}
