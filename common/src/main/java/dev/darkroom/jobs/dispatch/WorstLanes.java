package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.ledger.ProbeLane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Looks, some lanes at a time, for those of a priority whose next jobs have been due for longest: what shows whether taking
 * lanes in turn works. Reads one row of each lane through the index. Used by one thread.
 */
final class WorstLanes {

    private static final int LANES_AT_ONCE = 500;

    // As where jobs are read: the primary key, which holds all types and lanes, must not fit.
    private static final String LONGEST = """
            SELECT c.lane, extract(epoch FROM clock_timestamp() - j.run_at) AS wait
            FROM unnest(?::text[], ?::bigint[]) AS c(lane, after) CROSS JOIN LATERAL (
              SELECT run_at FROM jobs.job
              WHERE leased_until IS NULL AND type = ? AND priority = ? AND (lane, id) > (c.lane, c.after) AND lane <= c.lane
              ORDER BY lane, id LIMIT 1) j
            ORDER BY wait DESC LIMIT %d""".formatted(LaneWait.MOST);

    private final String type;
    private final LaneRotation rotation;
    private String from = "";
    private List<LaneWait> inThisPass = List.of();
    private List<LaneWait> inLastPass = List.of();

    WorstLanes(String type, LaneRotation rotation) {
        this.type = type;
        this.rotation = rotation;
    }

    /**
     * Those that the last whole pass over the lanes and the present one have seen, the worst first.
     *
     * @param heldBack lanes that wait for another reason
     */
    List<LaneWait> look(Connection connection, Set<String> heldBack) throws SQLException {
        List<String> lanes = rotation.lanes(connection, from, LANES_AT_ONCE);
        if (!lanes.isEmpty()) {
            List<String> served = lanes.stream()
                    .filter(lane -> !heldBack.contains(lane) && !lane.equals(ProbeLane.NAME))
                    .toList();
            inThisPass = LaneWait.longest(inThisPass, longest(connection, served));
        }
        List<LaneWait> worst = LaneWait.longest(inThisPass, inLastPass);
        if (lanes.size() < LANES_AT_ONCE) {
            inLastPass = inThisPass;
            inThisPass = List.of();
            worst = inLastPass;
            from = "";
        } else {
            from = lanes.get(lanes.size() - 1) + "\u0001";
        }
        return worst;
    }

    private List<LaneWait> longest(Connection connection, List<String> lanes) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LONGEST)) {
            select.setArray(1, connection.createArrayOf("text", lanes.toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "int8", lanes.stream().map(rotation::cursor).toArray()));
            select.setString(3, type);
            select.setShort(4, rotation.priority());
            List<LaneWait> waits = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    waits.add(new LaneWait(rows.getString(1), Math.max(0, rows.getDouble(2))));
                }
            }
            return waits;
        }
    }
}
