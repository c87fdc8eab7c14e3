package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** Publishes what the relay knows of each type: the gate for enqueuers, the figures for people. One statement for all. */
final class PublishStates {

    private static final String PUBLISH = """
            INSERT INTO jobs.type_state
              (type, gate_open, quota, in_flight, running, workers, "window", drain_rate, published_at)
            SELECT s.*, clock_timestamp()
            FROM unnest(?::text[], ?::boolean[], ?::integer[], ?::bigint[], ?::bigint[], ?::integer[], ?::bigint[],
                        ?::double precision[]) AS s
            ON CONFLICT (type) DO UPDATE
            SET gate_open = excluded.gate_open AND NOT jobs.type_state.paused, quota = excluded.quota,
                in_flight = excluded.in_flight, running = excluded.running, workers = excluded.workers,
                "window" = excluded."window", drain_rate = excluded.drain_rate, published_at = excluded.published_at""";

    private static final String PAUSED = "SELECT type FROM jobs.type_state WHERE paused";

    private PublishStates() {}

    /** @param workers handler threads */
    record TypeState(
            String type, boolean open, int quota, Broker.Load load, int workers, int window, double drainRate) {}

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
            upsert.executeUpdate();
        }
    }

    private static void set(
            PreparedStatement upsert,
            int index,
            String type,
            Collection<TypeState> states,
            Function<TypeState, Object> column)
            throws SQLException {
        upsert.setArray(
                index,
                upsert.getConnection()
                        .createArrayOf(type, states.stream().map(column).toArray()));
    }

    static Set<String> paused(Connection connection) throws SQLException {
        Set<String> paused = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(PAUSED);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                paused.add(rows.getString(1));
            }
        }
        return paused;
    }
}
