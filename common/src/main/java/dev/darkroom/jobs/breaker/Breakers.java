package dev.darkroom.jobs.breaker;

import dev.darkroom.jobs.BreakerPolicy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The breakers of one physical database as people see and set them. Takes effect within about a second. */
public final class Breakers {

    private static final String LIST = """
            SELECT type, lane, state, by_hand, set_by, failures, probes, extract(epoch FROM now - since),
                   CASE WHEN state = 'open' AND by_hand IS NULL
                        THEN greatest(0, extract(epoch FROM probe_at - now))::float8 END, reason
            FROM jobs.breaker, clock_timestamp() AS now
            WHERE state <> 'closed' OR by_hand IS NOT NULL
            ORDER BY type, lane""";

    private static final String SET = """
            INSERT INTO jobs.breaker AS b
              (type, lane, state, by_hand, set_by, threshold, first_probe, longest_probe, first_rate, top_rate, doubling)
            SELECT ?, ?, 'closed', ?, ?, ?, ? * m, ? * m, ?, ?, ? * m FROM (SELECT interval '1 millisecond' AS m) AS unit
            ON CONFLICT (type, lane) DO UPDATE SET by_hand = excluded.by_hand, set_by = excluded.set_by""";

    /** What was open goes on as it was, with a probe at once. */
    private static final String AUTOMATIC = """
            UPDATE jobs.breaker SET by_hand = NULL, set_by = NULL, probes = 0, probe_at = clock_timestamp()
            WHERE type = ? AND lane = ? AND by_hand IS NOT NULL""";

    private Breakers() {}

    /** Those that are not closed, or that a person has set. */
    public static List<BreakerRow> list(Connection connection) throws SQLException {
        List<BreakerRow> breakers = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(LIST);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                breakers.add(new BreakerRow(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getInt(6),
                        rows.getInt(7),
                        rows.getDouble(8),
                        rows.getObject(9, Double.class),
                        rows.getString(10)));
            }
        }
        return breakers;
    }

    /** From now on nothing of the lane goes out, whatever outcomes say, until {@link #automatic} or {@link #close}. */
    public static void open(Connection connection, LaneId lane, String who) throws SQLException {
        set(connection, lane, "open", who);
    }

    /** From now on the lane is not held back, whatever outcomes say, until {@link #automatic} or {@link #open}. */
    public static void close(Connection connection, LaneId lane, String who) throws SQLException {
        set(connection, lane, "closed", who);
    }

    private static void set(Connection connection, LaneId lane, String byHand, String who) throws SQLException {
        BreakerPolicy policy = BreakerPolicy.DEFAULT;
        try (PreparedStatement upsert = connection.prepareStatement(SET)) {
            upsert.setString(1, lane.type());
            upsert.setString(2, lane.lane());
            upsert.setString(3, byHand);
            upsert.setString(4, who);
            upsert.setInt(5, policy.threshold());
            upsert.setLong(6, TimeUnit.NANOSECONDS.toMillis(policy.firstProbe().toNanos()));
            upsert.setLong(
                    7, TimeUnit.NANOSECONDS.toMillis(policy.longestProbe().toNanos()));
            upsert.setDouble(8, policy.firstRate());
            upsert.setDouble(9, policy.topRate());
            upsert.setLong(10, TimeUnit.NANOSECONDS.toMillis(policy.doubling().toNanos()));
            upsert.executeUpdate();
        }
    }

    /** The lane is left to outcomes again. Returns whether a person had set it. */
    public static boolean automatic(Connection connection, LaneId lane) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(AUTOMATIC)) {
            update.setString(1, lane.type());
            update.setString(2, lane.lane());
            return update.executeUpdate() > 0;
        }
    }
}
