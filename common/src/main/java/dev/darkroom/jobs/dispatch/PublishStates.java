package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.JobLimits;
import dev.darkroom.jobs.watch.HandOut;
import dev.darkroom.jobs.watch.lanes.LaneHandOut;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Publishes what the relay knows of each type: the gate for enqueuers, the figures for people. One statement for all. */
final class PublishStates {

    private static final String PUBLISH = """
            INSERT INTO jobs.type_state
              (type, gate_open, quota, in_flight, running, workers, "window", drain_rate, worst_lane_wait, worst_lane,
               limits, limited_by_own_share, lanes, published_at)
            SELECT s.*, clock_timestamp()
            FROM unnest(?::text[], ?::boolean[], ?::integer[], ?::bigint[], ?::bigint[], ?::integer[], ?::bigint[],
                        ?::double precision[], ?::double precision[], ?::text[], ?::text[], ?::boolean[], ?::jsonb[])
                 AS s
            ON CONFLICT (type) DO UPDATE
            SET gate_open = excluded.gate_open AND NOT jobs.type_state.paused, quota = excluded.quota,
                in_flight = excluded.in_flight, running = excluded.running, workers = excluded.workers,
                "window" = excluded."window", drain_rate = excluded.drain_rate,
                worst_lane_wait = excluded.worst_lane_wait, worst_lane = excluded.worst_lane,
                limits = excluded.limits, limited_by_own_share = excluded.limited_by_own_share,
                lanes = excluded.lanes,
                published_at = excluded.published_at""";

    private PublishStates() {}

    /**
     * @param workers handler threads
     * @param limits in force; null for a type that has none
     * @param byOwnShare whether each relay lets out its own share of them, since what they share is away
     */
    record TypeState(
            String type,
            boolean open,
            int quota,
            Broker.Load load,
            int workers,
            int window,
            double drainRate,
            LaneReport lanes,
            @Nullable JobLimits limits,
            boolean byOwnShare) {

        HandOut handOut() {
            return new HandOut(
                    type,
                    load.total(),
                    load.running(),
                    workers,
                    window,
                    drainRate,
                    lanes.worst().seconds(),
                    lanes.worst().lane(),
                    lanes.told());
        }
    }

    static void publish(Connection connection, Collection<TypeState> states) throws SQLException {
        if (states.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement(PUBLISH)) {
            set(upsert, 1, "text", states, TypeState::type);
            set(upsert, 2, "bool", states, TypeState::open);
            set(upsert, 3, "int4", states, TypeState::quota);
            set(upsert, 4, "int8", states, state -> state.load().total());
            set(upsert, 5, "int8", states, state -> state.load().running());
            set(upsert, 6, "int4", states, TypeState::workers);
            set(upsert, 7, "int8", states, state -> (long) state.window());
            set(upsert, 8, "float8", states, TypeState::drainRate);
            set(upsert, 9, "float8", states, state -> state.lanes().worst().seconds());
            set(upsert, 10, "text", states, state -> state.lanes().worst().lane());
            set(upsert, 11, "text", states, state -> Objects.toString(state.limits(), null));
            set(upsert, 12, "bool", states, TypeState::byOwnShare);
            set(
                    upsert,
                    13,
                    "text",
                    states,
                    state -> LaneHandOut.json(state.lanes().told()));
            upsert.executeUpdate();
        }
    }

    private static void set(
            PreparedStatement upsert,
            int index,
            String type,
            Collection<TypeState> states,
            Function<TypeState, @Nullable Object> column)
            throws SQLException {
        upsert.setArray(
                index,
                upsert.getConnection()
                        .createArrayOf(type, states.stream().map(column).toArray()));
    }
}
