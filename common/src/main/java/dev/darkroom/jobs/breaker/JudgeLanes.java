package dev.darkroom.jobs.breaker;

import dev.darkroom.jobs.BreakerPolicy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings what a batch of runs met into the breakers of their lanes, in the transaction that settles them: a run of outcomes
 * that met nobody opens one, a job that got through lets an open one drain. Two statements for a batch that has any such
 * outcome, a single one while all is well.
 */
public final class JudgeLanes {

    private static final String LANES = """
            SELECT j.id, j.type, j.lane, b.state, b.by_hand
            FROM unnest(?::bigint[], ?::integer[]) AS o(id, turn) JOIN jobs.job j ON j.id = o.id AND j.turn = o.turn
            LEFT JOIN jobs.breaker b ON b.type = j.type AND b.lane = j.lane""";

    // In the order of the key, so that of two batches one waits for the other.
    private static final String JUDGE = """
            INSERT INTO jobs.breaker AS b
              (type, lane, state, failures, probe_at, reason,
               threshold, first_probe, longest_probe, first_rate, top_rate, doubling)
            SELECT type, lane, CASE WHEN unreached >= threshold THEN 'open' ELSE 'closed' END, unreached,
                   clock_timestamp() + greatest(first_probe, after) * m, reason,
                   threshold, first_probe * m, longest_probe * m, first_rate, top_rate, doubling * m
            FROM (SELECT interval '1 microsecond' AS m) AS unit,
              unnest(?::text[], ?::text[], ?::integer[], ?::bigint[], ?::text[],
                     ?::integer[], ?::bigint[], ?::bigint[], ?::float8[], ?::float8[], ?::bigint[])
                AS o(type, lane, unreached, after, reason,
                     threshold, first_probe, longest_probe, first_rate, top_rate, doubling)
            ORDER BY type, lane
            ON CONFLICT (type, lane) DO UPDATE SET
              (state, since, failures, probes, probe_at, reason,
               threshold, first_probe, longest_probe, first_rate, top_rate, doubling) = (
                SELECT next.state, CASE WHEN next.state = b.state AND b.state <> 'closed' THEN b.since ELSE excluded.since END,
                       next.failures, CASE WHEN b.state = 'open' THEN b.probes ELSE 0 END,
                       CASE WHEN b.state = 'open' AND excluded.failures > 0
                            THEN greatest(b.probe_at, excluded.probe_at) ELSE excluded.probe_at END,
                       CASE WHEN excluded.failures > 0 THEN excluded.reason ELSE b.reason END,
                       excluded.threshold, excluded.first_probe, excluded.longest_probe,
                       excluded.first_rate, excluded.top_rate, excluded.doubling
                FROM (SELECT failures, CASE
                          WHEN excluded.failures = 0 THEN CASE b.state WHEN 'open' THEN 'draining' ELSE b.state END
                          WHEN failures >= excluded.threshold THEN 'open'
                          ELSE b.state END AS state
                      FROM (SELECT CASE WHEN excluded.failures = 0 THEN 0
                                        ELSE b.failures + excluded.failures END AS failures) f) next)
            RETURNING type, lane, state, by_hand""";

    private JudgeLanes() {}

    private record State(String state, @Nullable String byHand) {

        /** Whether jobs of the lane are held back, so that an outcome that met nobody costs no attempt. */
        boolean isHeldBack() {
            return byHand == null ? !state.equals("closed") : byHand.equals("open");
        }
    }

    /**
     * Judges the lanes of these runs.
     *
     * @param connection the settling transaction, which has not touched their rows yet
     * @param outcomes of runs whose types have a breaker
     * @return ids of those that met nobody and whose lane is held back now: they cost no attempt
     */
    public static Set<Long> judge(Connection connection, List<ReachOutcome> outcomes) throws SQLException {
        Map<Long, LaneId> lanes = new HashMap<>();
        Map<LaneId, State> states = new HashMap<>();
        readLanes(connection, outcomes, lanes, states);
        Map<LaneId, LaneTally> tallies = new HashMap<>();
        for (ReachOutcome outcome : outcomes) {
            LaneId lane = lanes.get(outcome.id());
            if (lane != null) {
                tallies.merge(lane, LaneTally.of(outcome), LaneTally::plus);
            }
        }
        // Where all is well there is no row, and none is needed.
        tallies.entrySet().removeIf(entry -> entry.getValue().reached() && !states.containsKey(entry.getKey()));
        if (!tallies.isEmpty()) {
            states.putAll(write(connection, List.copyOf(tallies.entrySet())));
        }
        return outcomes.stream()
                .filter(outcome -> !outcome.reached() && isHeldBack(states.get(lanes.get(outcome.id()))))
                .map(ReachOutcome::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean isHeldBack(@Nullable State state) {
        return state != null && state.isHeldBack();
    }

    private static void readLanes(
            Connection connection, List<ReachOutcome> outcomes, Map<Long, LaneId> lanes, Map<LaneId, State> states)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LANES)) {
            select.setArray(1, array(connection, "int8", outcomes, ReachOutcome::id));
            select.setArray(2, array(connection, "int4", outcomes, ReachOutcome::turn));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    LaneId lane = new LaneId(rows.getString(2), rows.getString(3));
                    lanes.put(rows.getLong(1), lane);
                    if (rows.getString(4) != null) {
                        states.put(lane, new State(rows.getString(4), rows.getString(5)));
                    }
                }
            }
        }
    }

    private static Map<LaneId, State> write(Connection connection, List<Map.Entry<LaneId, LaneTally>> tallies)
            throws SQLException {
        Map<LaneId, State> states = new HashMap<>();
        try (PreparedStatement upsert = connection.prepareStatement(JUDGE)) {
            upsert.setArray(
                    1,
                    array(connection, "text", tallies, tally -> tally.getKey().type()));
            upsert.setArray(
                    2,
                    array(connection, "text", tallies, tally -> tally.getKey().lane()));
            upsert.setArray(
                    3,
                    array(connection, "int4", tallies, tally -> tally.getValue().unreached()));
            upsert.setArray(
                    4,
                    array(
                            connection,
                            "int8",
                            tallies,
                            tally -> micros(tally.getValue().after())));
            upsert.setArray(
                    5,
                    array(connection, "text", tallies, tally -> tally.getValue().reason()));
            setPolicies(
                    upsert,
                    tallies.stream().map(tally -> tally.getValue().policy()).toList());
            try (ResultSet rows = upsert.executeQuery()) {
                while (rows.next()) {
                    states.put(
                            new LaneId(rows.getString(1), rows.getString(2)),
                            new State(rows.getString(3), rows.getString(4)));
                }
            }
        }
        return states;
    }

    private static void setPolicies(PreparedStatement upsert, List<BreakerPolicy> policies) throws SQLException {
        Connection connection = upsert.getConnection();
        upsert.setArray(6, array(connection, "int4", policies, BreakerPolicy::threshold));
        upsert.setArray(7, array(connection, "int8", policies, policy -> micros(policy.firstProbe())));
        upsert.setArray(8, array(connection, "int8", policies, policy -> micros(policy.longestProbe())));
        upsert.setArray(9, array(connection, "float8", policies, BreakerPolicy::firstRate));
        upsert.setArray(10, array(connection, "float8", policies, BreakerPolicy::topRate));
        upsert.setArray(11, array(connection, "int8", policies, policy -> micros(policy.doubling())));
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }

    private static <T> java.sql.Array array(
            Connection connection, String type, List<T> rows, Function<T, @Nullable Object> column)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray());
    }
}
