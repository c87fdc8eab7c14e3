package dev.darkroom.jobs.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts jobs back to waiting, one turn further: at once, or among those due later. Fenced by the turn of the run. */
final class PostponeJobs {

    private static final String TO_LATER = """
            WITH outcome AS (
              SELECT * FROM unnest(?::bigint[], ?::integer[], ?::bigint[], ?::integer[])
                AS o(id, turn, delay, failures)
            ), gone AS (
              DELETE FROM jobs.job j USING outcome o WHERE j.id = o.id AND j.turn = o.turn
              RETURNING j.*, o.delay, o.failures
            )
            INSERT INTO jobs.later_job (%s)
            SELECT %s, clock_timestamp() + delay * interval '1 microsecond', turn + 1, attempt + failures FROM gone
            RETURNING %s""".formatted(JobColumns.ALL, JobColumns.KEPT, RowLinks.COLUMNS);

    private static final String GIVE_BACK = """
            UPDATE jobs.job SET turn = turn + 1, leased_until = NULL
            WHERE id = ANY (?) AND turn = ? RETURNING %s""".formatted(RowLinks.COLUMNS);

    private PostponeJobs() {}

    static Map<Long, RowLinks> toLater(Connection connection, List<Postponement> postponements) throws SQLException {
        Map<Long, RowLinks> moved = new HashMap<>();
        if (postponements.isEmpty()) {
            return moved;
        }
        try (PreparedStatement move = connection.prepareStatement(TO_LATER)) {
            move.setArray(
                    1,
                    array(
                            connection,
                            "int8",
                            postponements.stream().map(p -> p.job().id())));
            move.setArray(
                    2,
                    array(
                            connection,
                            "int4",
                            postponements.stream().map(p -> p.job().turn())));
            move.setArray(
                    3,
                    array(
                            connection,
                            "int8",
                            postponements.stream().map(p -> p.delay().toNanos() / 1000)));
            move.setArray(4, array(connection, "int4", postponements.stream().map(Postponement::failures)));
            RowLinks.read(move, moved);
        }
        return moved;
    }

    static Map<Long, RowLinks> giveBack(Connection connection, List<FinishedJob> jobs) throws SQLException {
        Map<Long, RowLinks> returned = new HashMap<>();
        if (jobs.isEmpty()) {
            return returned;
        }
        try (PreparedStatement update = connection.prepareStatement(GIVE_BACK)) {
            for (Map.Entry<Integer, List<FinishedJob>> turn :
                    SettleJobs.byTurn(jobs).entrySet()) {
                update.setArray(1, SettleJobs.ids(connection, turn.getValue()));
                update.setInt(2, turn.getKey());
                RowLinks.read(update, returned);
            }
        }
        return returned;
    }

    private static java.sql.Array array(Connection connection, String type, java.util.stream.Stream<?> values)
            throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }
}
