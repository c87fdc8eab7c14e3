package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;

/**
 * Finds rows that were committed behind the place to which their lane has been read. Ids are given out when a row is inserted and
 * seen when it is committed, so a transaction that commits behind another has lower ids than what was read of the other: of two that
 * enqueue at once, about every second time. PostgreSQL tells when the transactions that were open at a moment have all ended: then
 * every id given out before that moment is in the table or never will be, and the rows of those ids are looked over, once. What is
 * left to the sweep is what was open for longer than that is waited for. Used by one thread.
 */
final class LateCommits {

    /** Looks for which one transaction is waited for; the sweep finds its rows. */
    private static final int LONGEST_WAIT = 20;

    /** Rows looked over in one go. */
    private static final int MOST = 10_000;

    private static final String SNAPSHOT = """
            SELECT pg_snapshot_xmin(now)::text::bigint, pg_snapshot_xmax(now)::text::bigint, last_value
            FROM pg_current_snapshot() AS now, jobs.job_id""";

    private static final String SETTLED = """
            SELECT id, type, priority, lane FROM jobs.job
            WHERE id > ? AND id <= ? AND leased_until IS NULL
            ORDER BY id LIMIT ?""";

    private static final long NONE = -1;

    /** Up to this id all has been looked over. */
    private long lookedOver = NONE;

    /** The last id that had been given out at the last look. */
    private long given = NONE;

    /** The id up to which rows are looked over next. */
    private long horizon = NONE;

    /** When all transactions before this one have ended. */
    private long horizonTransaction;

    private int waited;

    private record Snapshot(long oldestOpen, long next, long lastId) {}

    /** Lets be looked at again what is behind its lane's place and not in flight. */
    void look(Connection connection, Map<String, TypeDispatch> dispatches) throws SQLException {
        Snapshot now = snapshot(connection);
        if (horizon >= 0 && (now.oldestOpen() >= horizonTransaction || ++waited >= LONGEST_WAIT)) {
            lookedOver = lookOver(connection, dispatches);
            horizon = NONE;
        }
        if (horizon == NONE && given != NONE) {
            // Not the last id of now: its transaction may have taken it and not yet be numbered.
            horizon = given;
            horizonTransaction = now.next();
            waited = 0;
        }
        if (lookedOver == NONE) {
            lookedOver = now.lastId();
        }
        given = now.lastId();
    }

    private static Snapshot snapshot(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SNAPSHOT);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Snapshot(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    /** Returns up to which id all has been looked over now. */
    private long lookOver(Connection connection, Map<String, TypeDispatch> dispatches) throws SQLException {
        if (horizon <= lookedOver
                || dispatches.values().stream().noneMatch(dispatch -> dispatch.hasReadBeyond(lookedOver))) {
            return Math.max(horizon, lookedOver);
        }
        int rowsRead = 0;
        long last = lookedOver;
        try (PreparedStatement select = connection.prepareStatement(SETTLED)) {
            select.setLong(1, lookedOver);
            select.setLong(2, horizon);
            select.setInt(3, MOST);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rowsRead++;
                    last = row.getLong(1);
                    // Nearly all are in flight: what else there is of them is not decoded.
                    if (!isInFlight(last, dispatches.values())) {
                        revisitIfPassed(last, row, dispatches);
                    }
                }
            }
        }
        return rowsRead == MOST ? last : horizon;
    }

    private static boolean isInFlight(long id, Collection<TypeDispatch> dispatches) {
        for (TypeDispatch dispatch : dispatches) {
            if (dispatch.inFlight().contains(id)) {
                return true;
            }
        }
        return false;
    }

    private static void revisitIfPassed(long id, ResultSet row, Map<String, TypeDispatch> dispatches)
            throws SQLException {
        TypeDispatch dispatch = dispatches.get(row.getString(2));
        LaneKey lane = new LaneKey(row.getShort(3), row.getString(4));
        if (dispatch != null && dispatch.isPassed(id, lane)) {
            dispatch.revisit(id, lane);
        }
    }
}
