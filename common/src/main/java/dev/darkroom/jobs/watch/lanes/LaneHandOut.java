package dev.darkroom.jobs.watch.lanes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the relay of a database knows of one lane of a job type.
 *
 * @param lane its name, cut if it is very long
 * @param oldestWaitSeconds how long its next job has been due; null for a lane that is not among those that wait longest
 * @param inFlight its jobs that this relay has handed to the job servers and has not yet found to have ended
 */
public record LaneHandOut(
        String lane,
        @JsonProperty("oldest_wait_seconds") @Nullable Double oldestWaitSeconds,
        @JsonProperty("in_flight") long inFlight) {

    /** Lanes that a relay tells of a type: half of them for waiting longest, half for having most in flight. */
    public static final int MOST = 20;

    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    // As long as what else the relay says of a type holds.
    private static final String PUBLISHED = """
            SELECT type, lanes FROM jobs.type_state
            WHERE lanes IS NOT NULL AND published_at > clock_timestamp() - interval '15 seconds'""";

    public LaneHandOut {
        lane = LaneName.told(lane);
    }

    /** As the ledger keeps them; null for none. */
    public static @Nullable String json(List<LaneHandOut> lanes) {
        if (lanes.isEmpty()) {
            return null;
        }
        try {
            return MAPPER.writeValueAsString(lanes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers can be written", e);
        }
    }

    /** By type and lane, in one database. */
    static Map<String, Map<String, LaneHandOut>> read(Connection connection) throws SQLException {
        Map<String, Map<String, LaneHandOut>> types = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(PUBLISHED);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                types.put(rows.getString(1), byLane(rows.getString(2)));
            }
        }
        return types;
    }

    private static Map<String, LaneHandOut> byLane(String json) throws SQLException {
        Map<String, LaneHandOut> lanes = new HashMap<>();
        try {
            for (LaneHandOut lane : MAPPER.readValue(json, new TypeReference<List<LaneHandOut>>() {})) {
                lanes.merge(lane.lane(), lane, LaneHandOut::plus);
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("What a relay has published of lanes cannot be read: " + json, e);
        }
        return lanes;
    }

    /** In another database. */
    LaneHandOut plus(LaneHandOut other) {
        Double longer = oldestWaitSeconds == null || secondsOf(other) > secondsOf(this)
                ? other.oldestWaitSeconds
                : oldestWaitSeconds;
        return new LaneHandOut(lane, longer, inFlight + other.inFlight);
    }

    static double secondsOf(LaneHandOut lane) {
        return lane.oldestWaitSeconds == null ? -1 : lane.oldestWaitSeconds;
    }
}
