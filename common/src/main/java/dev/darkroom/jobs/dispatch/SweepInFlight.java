package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.ledger.KnownWorkers;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares the relay's memory of one type with the rows that are left in the lanes up to where they were read: what is
 * gone is done, what is there and unknown was committed late, and what has been in flight for longer than a lease is asked
 * after. Of a lane it reads what lies before the place up to which it had been read at the sweep before: most of what was
 * handed out since is on its way, and reading that would cost a row a job.
 */
final class SweepInFlight {

    /** How long a job may be in flight before Gearman is asked whether it still knows it. */
    static final Duration LEASE = Duration.ofSeconds(10);

    // Backwards, from the place to the lane's start: a scan of the index begins where both columns say, but ends by the
    // first alone. Forwards it would go on through all that waits in the lane.
    private static final String LEFT = """
            SELECT c.number, j.id, j.turn
            FROM unnest(?::smallint[], ?::text[], ?::bigint[], ?::integer[]) WITH ORDINALITY
              AS c(priority, lane, upto, most, number)
            CROSS JOIN LATERAL (
              SELECT id, turn FROM jobs.job
              WHERE leased_until IS NULL AND type = ? AND priority = c.priority
                AND lane >= c.lane AND (lane, id) <= (c.lane, c.upto)
              ORDER BY lane DESC, id DESC LIMIT c.most) j""";

    private SweepInFlight() {}

    /** Rows that are unknown here, read of one lane at a time: a lane of a million late ones must not hold up the others. */
    private static final int MOST_UNKNOWN = 1_000;

    /** What is to be read of a lane, and what has been. */
    private static final class Span {

        private final LaneKey lane;
        /** Whether all that is in flight is looked at. */
        private final boolean whole;
        /** The last id that is looked at; what is in flight behind it is taken to be there still. */
        private long upTo;
        /** As many rows as there are in flight at most, and some unknown ones. */
        private int most = MOST_UNKNOWN;

        private int read;
        private long lastRead;

        Span(LaneKey lane, boolean whole) {
            this.lane = lane;
            this.whole = whole;
        }

        private void reach(long id) {
            upTo = Math.max(upTo, id);
        }

        private void read(long id) {
            read++;
            lastRead = id;
        }

        /** Whether a row of this id would have been read if it were left. */
        private boolean covers(long id) {
            return id <= upTo && (read < most || id >= lastRead);
        }
    }

    /** @param all whether what was handed out since the last sweep is looked at too, most of which is on its way */
    static void sweep(Connection connection, TypeDispatch dispatch, boolean all, Broker broker, KnownWorkers workers)
            throws SQLException {
        InFlightJobs inFlight = dispatch.inFlight();
        Map<LaneKey, Span> spans = spans(dispatch, all);
        LongSet existing = existing(connection, dispatch, spans.values());
        List<JobTurn> old = inFlight.keepOnly(
                (id, job) -> {
                    Span span = spans.get(job.lane());
                    return span == null || !span.covers(id) || existing.contains(id);
                },
                LEASE.toNanos());
        forgetIdleLanes(dispatch);
        askAfterOld(old, dispatch, broker, workers);
    }

    private static void askAfterOld(List<JobTurn> old, TypeDispatch dispatch, Broker broker, KnownWorkers workers) {
        Set<JobTurn> known = KnownJobs.among(old, broker, workers.started());
        dispatch.inFlight().renew(known);
        List<JobTurn> vanished =
                old.stream().filter(job -> !known.contains(job)).toList();
        dispatch.vanished().keepOnly(vanished);
        dispatch.vanished().free(vanished, dispatch.type(), workers).forEach(dispatch::resubmit);
    }

    private static void forgetIdleLanes(TypeDispatch dispatch) {
        Map<Short, Set<String>> busy = dispatch.inFlight().lanes().keySet().stream()
                .collect(Collectors.groupingBy(
                        LaneKey::priority, Collectors.mapping(LaneKey::lane, Collectors.toSet())));
        dispatch.rotations()
                .values()
                .forEach(rotation -> rotation.keepOnly(busy.getOrDefault(rotation.priority(), Set.of())));
    }

    private static Map<LaneKey, Span> spans(TypeDispatch dispatch, boolean all) {
        Map<LaneKey, Span> spans = new HashMap<>();
        dispatch.rotations()
                .values()
                .forEach(rotation -> rotation.cursors().forEach((lane, cursor) -> {
                    LaneKey key = new LaneKey(rotation.priority(), lane);
                    spans.computeIfAbsent(key, name -> new Span(name, all)).reach(all ? cursor : rotation.swept(lane));
                }));
        dispatch.inFlight().lanes().forEach((lane, load) -> {
            // Of a lane that is not being read, a row was looked at again on its own.
            Span span = spans.computeIfAbsent(lane, name -> new Span(name, true));
            if (span.whole) {
                span.reach(load.highestId());
            }
            span.most += load.jobs();
        });
        return spans;
    }

    /** The ids of those in flight whose rows are left; rows that are left and not in flight are looked at again. */
    private static LongSet existing(Connection connection, TypeDispatch dispatch, Collection<Span> spans)
            throws SQLException {
        List<Span> read = List.copyOf(spans);
        LongSet existing = new LongOpenHashSet();
        try (PreparedStatement select = connection.prepareStatement(LEFT)) {
            select.setArray(1, array(connection, "int2", read, span -> span.lane.priority()));
            select.setArray(2, array(connection, "text", read, span -> span.lane.lane()));
            select.setArray(3, array(connection, "int8", read, span -> span.upTo));
            select.setArray(4, array(connection, "int4", read, span -> span.most));
            select.setString(5, dispatch.type());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Span span = read.get(Math.toIntExact(rows.getLong(1)) - 1);
                    long id = rows.getLong(2);
                    span.read(id);
                    if (dispatch.inFlight().holds(id, rows.getInt(3))) {
                        existing.add(id);
                    } else if (dispatch.isPassed(id, span.lane)) {
                        dispatch.revisit(id, span.lane);
                    }
                }
            }
        }
        return existing;
    }

    private static Array array(Connection connection, String type, List<Span> spans, Function<Span, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, spans.stream().map(value).toArray());
    }
}
