package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.ledger.KnownWorkers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the relay's memory of one type with the rows that are left in the lanes up to where they were read: what is
 * gone is done, what is there and unknown was committed late, and what has been in flight for longer than a lease is asked
 * after. Costs as much as there is in flight and a bounded number of late rows, whatever the throughput.
 */
final class SweepInFlight {

    /** How long a job may be in flight before Gearman is asked whether it still knows it. */
    static final Duration LEASE = Duration.ofSeconds(10);

    private static final String LEFT = """
            SELECT c.priority, c.lane, j.id, j.turn
            FROM unnest(?::smallint[], ?::text[], ?::bigint[], ?::integer[]) AS c(priority, lane, upto, most)
            CROSS JOIN LATERAL (
              SELECT id, turn FROM jobs.job
              WHERE leased_until IS NULL AND type = ? AND priority = c.priority AND lane = c.lane AND id <= c.upto
              ORDER BY id LIMIT c.most) j""";

    private SweepInFlight() {}

    /** Rows that are unknown here, read of one lane at a time: a lane of a million late ones must not hold up the others. */
    private static final int MOST_UNKNOWN = 1_000;

    private record Left(long id, int turn) {}

    /**
     * What is to be read of a lane.
     *
     * @param most as many rows as there are in flight, and some unknown ones
     */
    private record Span(long upTo, int most) {

        static final Span NONE = new Span(0, 0);

        Span plus(Span one) {
            return new Span(Math.max(upTo, one.upTo), most + 1);
        }

        Span reaching(Span cursor) {
            return new Span(Math.max(upTo, cursor.upTo), most);
        }
    }

    static void sweep(Connection connection, TypeDispatch dispatch, Broker broker, KnownWorkers workers)
            throws SQLException {
        InFlightJobs inFlight = dispatch.inFlight();
        Map<LaneKey, Span> spans = spans(dispatch);
        Map<LaneKey, List<Left>> left = left(connection, dispatch.type(), spans);
        Set<Long> existing = new HashSet<>();
        Map<LaneKey, Long> seenUpTo = new HashMap<>();
        left.forEach((lane, rows) -> {
            if (rows.size() == spans.getOrDefault(lane, Span.NONE).most()) {
                seenUpTo.put(lane, rows.get(rows.size() - 1).id());
            }
            for (Left row : rows) {
                if (inFlight.holds(row.id(), row.turn())) {
                    existing.add(row.id());
                } else if (dispatch.isPassed(row.id(), lane)) {
                    dispatch.revisit(row.id(), lane);
                }
            }
        });
        inFlight.keepOnly((id, job) -> existing.contains(id) || id > seenUpTo.getOrDefault(job.lane(), Long.MAX_VALUE));
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
        Map<Short, Set<String>> busy = dispatch.inFlight().lanes().stream()
                .collect(Collectors.groupingBy(
                        LaneKey::priority, Collectors.mapping(LaneKey::lane, Collectors.toSet())));
        dispatch.rotations()
                .values()
                .forEach(rotation -> rotation.keepOnly(busy.getOrDefault(rotation.priority(), Set.of())));
    }

    private static Map<LaneKey, Span> spans(TypeDispatch dispatch) {
        Map<LaneKey, Span> spans = new HashMap<>();
        dispatch.inFlight().forEach((id, lane) -> spans.merge(lane, new Span(id, MOST_UNKNOWN + 1), Span::plus));
        dispatch.rotations()
                .values()
                .forEach(rotation -> rotation.cursors()
                        .forEach((lane, cursor) -> spans.merge(
                                new LaneKey(rotation.priority(), lane),
                                new Span(cursor, MOST_UNKNOWN),
                                Span::reaching)));
        return spans;
    }

    private static Map<LaneKey, List<Left>> left(Connection connection, String type, Map<LaneKey, Span> spans)
            throws SQLException {
        Map<LaneKey, List<Left>> left = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(LEFT)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "int2",
                            spans.keySet().stream().map(LaneKey::priority).toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "text", spans.keySet().stream().map(LaneKey::lane).toArray()));
            select.setArray(
                    3,
                    connection.createArrayOf(
                            "int8", spans.values().stream().map(Span::upTo).toArray()));
            select.setArray(
                    4,
                    connection.createArrayOf(
                            "int4", spans.values().stream().map(Span::most).toArray()));
            select.setString(5, type);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    left.computeIfAbsent(new LaneKey(rows.getShort(1), rows.getString(2)), lane -> new ArrayList<>())
                            .add(new Left(rows.getLong(3), rows.getInt(4)));
                }
            }
        }
        return left;
    }
}
