package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds out at once, and not with the next sweep, which jobs in flight have ended: for types whose jobs are counted, and for
 * lanes that are held back. One statement, by id.
 */
final class ForgetEnded {

    private static final String LEFT = "SELECT id, turn FROM jobs.job WHERE id = ANY (?)";

    private ForgetEnded() {}

    /** Returns how many are in flight still of each of the lanes that are asked for. */
    static Map<String, Integer> of(Connection connection, TypeDispatch dispatch, Predicate<String> lanes)
            throws SQLException {
        Map<Long, InFlightJobs.InFlight> known = dispatch.inFlight().inLanes(lanes);
        Map<String, Integer> still = new HashMap<>();
        if (known.isEmpty()) {
            return still;
        }
        Map<Long, Integer> left = left(connection, known.keySet().toArray());
        known.forEach((id, job) -> {
            Integer turn = left.get(id);
            if (turn != null && turn == job.turn()) {
                still.merge(job.lane().lane(), 1, Integer::sum);
            } else {
                dispatch.inFlight().remove(id);
                if (turn != null) {
                    dispatch.revisit(id, job.lane());
                }
            }
        });
        return still;
    }

    private static Map<Long, Integer> left(Connection connection, Object[] ids) throws SQLException {
        Map<Long, Integer> left = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(LEFT)) {
            select.setArray(1, connection.createArrayOf("int8", ids));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    left.put(rows.getLong(1), rows.getInt(2));
                }
            }
        }
        return left;
    }
}
