package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.ledger.KnownWorkers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the relay's memory of one type with the rows that are left in the lanes up to where they were read: what is
 * gone is done, what is there and unknown was committed late, and what has been in flight for longer than a lease is asked
 * after. Costs as much as there is in flight, whatever the throughput.
 */
final class SweepInFlight {

    /** How long a job may be in flight before Gearman is asked whether it still knows it. */
    static final Duration LEASE = Duration.ofSeconds(10);

    private static final String LEFT = """
            SELECT c.priority, c.lane, j.id, j.turn
            FROM unnest(?::smallint[], ?::text[], ?::bigint[]) AS c(priority, lane, upto) CROSS JOIN LATERAL (
              SELECT id, turn FROM jobs.job
              WHERE leased_until IS NULL AND type = ? AND priority = c.priority AND lane = c.lane AND id <= c.upto) j""";

    private SweepInFlight() {}

    private record Left(short priority, String lane, long id, int turn) {}

    static void sweep(Connection connection, TypeDispatch dispatch, Broker broker, KnownWorkers workers)
            throws SQLException {
        List<Left> left = left(connection, dispatch);
        InFlightJobs inFlight = dispatch.inFlight();
        Set<Long> existing = new HashSet<>();
        for (Left row : left) {
            if (inFlight.holds(row.id(), row.turn())) {
                existing.add(row.id());
            } else {
                dispatch.revisit(row.id(), new LaneKey(row.priority(), row.lane()));
            }
        }
        inFlight.keepOnly(existing);
        forgetIdleLanes(dispatch);
        askAfterOld(dispatch, broker, workers);
    }

    private static void askAfterOld(TypeDispatch dispatch, Broker broker, KnownWorkers workers) {
        List<JobTurn> old = dispatch.inFlight().olderThan(LEASE.toNanos());
        Set<JobTurn> known = KnownJobs.among(old, broker, workers.started());
        dispatch.inFlight().renew(known);
        List<JobTurn> vanished =
                old.stream().filter(job -> !known.contains(job)).toList();
        dispatch.vanished().keepOnly(vanished);
        dispatch.vanished().free(vanished, dispatch.type(), workers).forEach(dispatch::resubmit);
    }

    private static void forgetIdleLanes(TypeDispatch dispatch) {
        Map<Short, Set<String>> busy = dispatch.inFlight().lastByLane().keySet().stream()
                .collect(Collectors.groupingBy(
                        LaneKey::priority, Collectors.mapping(LaneKey::lane, Collectors.toSet())));
        dispatch.rotations()
                .values()
                .forEach(rotation -> rotation.keepOnly(busy.getOrDefault(rotation.priority(), Set.of())));
    }

    private static List<Left> left(Connection connection, TypeDispatch dispatch) throws SQLException {
        Map<LaneKey, Long> upTo = dispatch.inFlight().lastByLane();
        dispatch.rotations()
                .values()
                .forEach(rotation -> rotation.cursors()
                        .forEach((lane, cursor) ->
                                upTo.merge(new LaneKey(rotation.priority(), lane), cursor, Math::max)));
        List<Left> left = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(LEFT)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "int2",
                            upTo.keySet().stream().map(LaneKey::priority).toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "text", upTo.keySet().stream().map(LaneKey::lane).toArray()));
            select.setArray(3, connection.createArrayOf("int8", upTo.values().toArray()));
            select.setString(4, dispatch.type());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    left.add(new Left(rows.getShort(1), rows.getString(2), rows.getLong(3), rows.getInt(4)));
                }
            }
        }
        return left;
    }
}
