package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.ledger.JobColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves jobs whose time has come from those due later to those due now, in the order in which they became due. While more are
 * due than one batch holds, some of every lane are moved beside them, lanes in turn: a lane of a million due retries does not
 * delay the retry of another. Used by one thread.
 */
final class PromoteDueJobs {

    private static final int BATCH = 5_000;

    private static final int LANES_AT_ONCE = 500;
    private static final int OF_EACH_LANE = 10;

    // The time is a sub-select, so that the index is read up to it and not to its end. The ids are an array: as a list
    // to be looked up in, one due job had all that are due later read through.
    private static final String PROMOTE = """
            WITH due AS (
              DELETE FROM jobs.later_job WHERE id = ANY (ARRAY(%%s))
              RETURNING *
            )
            INSERT INTO jobs.job (%s)
            SELECT %s FROM due
            RETURNING %s""".formatted(JobColumns.ALL, JobColumns.ALL, ReadyJob.COLUMNS);

    static final String IN_ORDER = PROMOTE.formatted("""
            SELECT id FROM jobs.later_job WHERE run_at <= (SELECT clock_timestamp())
            ORDER BY run_at LIMIT %d FOR UPDATE SKIP LOCKED""".formatted(BATCH));

    private static final String OF_LANES = PROMOTE.formatted("""
            SELECT due.id FROM unnest(?::text[], ?::text[]) AS c(type, lane) CROSS JOIN LATERAL (
              SELECT id FROM jobs.later_job l
              WHERE l.type = c.type AND l.lane = c.lane AND l.run_at <= (SELECT clock_timestamp())
              ORDER BY l.run_at LIMIT %d FOR UPDATE SKIP LOCKED) due""".formatted(OF_EACH_LANE));

    private static final String LANES = """
            WITH RECURSIVE lanes(type, lane, n) AS (
              (SELECT type, lane, 1 FROM jobs.later_job WHERE (type, lane) > (?, ?) ORDER BY type, lane LIMIT 1)
              UNION ALL
              SELECT next.type, next.lane, lanes.n + 1 FROM lanes CROSS JOIN LATERAL (
                SELECT type, lane FROM jobs.later_job WHERE (type, lane) > (lanes.type, lanes.lane)
                ORDER BY type, lane LIMIT 1) next
              WHERE lanes.n < %d
            )
            SELECT type, lane FROM lanes""".formatted(LANES_AT_ONCE);

    private static final TypeLane START = new TypeLane("", "");

    private TypeLane from = START;
    private boolean full;

    private record TypeLane(String type, String lane) {}

    /** Moves a bounded number; {@link #hasMore} tells whether more may be due. */
    List<ReadyJob> promote(Connection connection) throws SQLException {
        List<ReadyJob> promoted = new ArrayList<>(inOrder(connection));
        full = promoted.size() >= BATCH;
        if (full) {
            promoted.addAll(ofLanes(connection));
        }
        return promoted;
    }

    boolean hasMore() {
        return full;
    }

    private static List<ReadyJob> inOrder(Connection connection) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(IN_ORDER)) {
            return ReadyJob.read(move);
        }
    }

    private List<ReadyJob> ofLanes(Connection connection) throws SQLException {
        List<TypeLane> lanes = lanes(connection);
        from = lanes.size() < LANES_AT_ONCE ? START : lanes.get(lanes.size() - 1);
        try (PreparedStatement move = connection.prepareStatement(OF_LANES)) {
            move.setArray(
                    1,
                    connection.createArrayOf(
                            "text", lanes.stream().map(TypeLane::type).toArray()));
            move.setArray(
                    2,
                    connection.createArrayOf(
                            "text", lanes.stream().map(TypeLane::lane).toArray()));
            return ReadyJob.read(move);
        }
    }

    private List<TypeLane> lanes(Connection connection) throws SQLException {
        List<TypeLane> lanes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(LANES)) {
            select.setString(1, from.type());
            select.setString(2, from.lane());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    lanes.add(new TypeLane(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return lanes;
    }
}
