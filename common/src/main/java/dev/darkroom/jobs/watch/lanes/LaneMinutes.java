package dev.darkroom.jobs.watch.lanes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one or all living worker processes did of the lanes of one job type in the last minute, as their heartbeats say.
 *
 * @param lanes those that are told of
 * @param others all others together: of a lane that only some processes tell of, what the rest of them did
 */
public record LaneMinutes(Map<String, LaneMinute> lanes, LaneMinute others) {

    /** Lanes that one process tells of a type; half of them for being busy, and if they fail, half for that. */
    public static final int MOST = 20;

    public static final LaneMinutes NOTHING = new LaneMinutes(Map.of(), LaneMinute.NOTHING);

    private static final Comparator<Map.Entry<String, LaneMinute>> BUSY =
            Comparator.comparingLong(lane -> lane.getValue().counts().ended());
    private static final Comparator<Map.Entry<String, LaneMinute>> FAILING =
            Comparator.comparingLong(lane -> lane.getValue().failures());

    private static final String BEATS = """
            SELECT c.type, c.lanes
            FROM jobs.worker_count c JOIN jobs.worker w ON w.id = c.worker_id
            WHERE c.lanes IS NOT NULL AND w.beat_at > clock_timestamp() - interval '15 seconds' AND NOT w.reported""";

    public LaneMinutes {
        lanes = Map.copyOf(lanes);
    }

    /** Of all processes together, by type, in one database. Bounded by the number of processes. */
    static Map<String, LaneMinutes> read(Connection connection) throws SQLException {
        Map<String, LaneMinutes> types = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(BEATS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                types.merge(rows.getString(1), LaneCodec.decode(rows.getBytes(2)), LaneMinutes::plus);
            }
        }
        return types;
    }

    /** Of other processes, or in another database. */
    LaneMinutes plus(LaneMinutes other) {
        Map<String, LaneMinute> sum = new HashMap<>(lanes);
        other.lanes.forEach((lane, minute) -> sum.merge(lane, minute, LaneMinute::plus));
        return new LaneMinutes(sum, others.plus(other.others));
    }

    public boolean isNothing() {
        return lanes.isEmpty() && others.isNothing();
    }

    /** Those of which most ran and those of which most failed; the rest goes to the others. */
    LaneMinutes told() {
        return told(Set.of());
    }

    /** @param also lanes that are told of in any case */
    LaneMinutes told(Set<String> also) {
        if (lanes.size() <= MOST) {
            return this;
        }
        Set<String> chosen = new LinkedHashSet<>();
        for (Map.Entry<String, LaneMinute> lane : Greatest.of(lanes.entrySet(), MOST / 2, FAILING)) {
            if (lane.getValue().failures() > 0) {
                chosen.add(lane.getKey());
            }
        }
        for (Map.Entry<String, LaneMinute> lane : Greatest.of(lanes.entrySet(), MOST, BUSY)) {
            if (chosen.size() < MOST) {
                chosen.add(lane.getKey());
            }
        }
        Map<String, LaneMinute> told = new HashMap<>();
        LaneMinute rest = others;
        for (Map.Entry<String, LaneMinute> lane : lanes.entrySet()) {
            if (chosen.contains(lane.getKey()) || also.contains(lane.getKey())) {
                told.put(lane.getKey(), lane.getValue());
            } else {
                rest = rest.plus(lane.getValue());
            }
        }
        return new LaneMinutes(told, rest);
    }
}
