package dev.darkroom.jobs.limit;

import dev.darkroom.jobs.JobLimits;
import dev.darkroom.jobs.Rate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Limits that people have set in one physical database. They take effect within about two seconds. */
public final class LimitSettings {

    /** What {@link #read} expects of {@code jobs.type_state}, from a given column on. */
    public static final String COLUMNS =
            "limits_by_hand, rate_count, rate_millis, concurrency, lane_rate_count, lane_rate_millis, lane_concurrency";

    private static final String LIST = """
            SELECT type, limits, limits_by_hand, limits_set_by, limited_by_own_share FROM jobs.type_state
            WHERE limits IS NOT NULL OR limits_by_hand ORDER BY type""";

    private static final String SET = """
            INSERT INTO jobs.type_state
              (type, limits_by_hand, limits_set_by,
               rate_count, rate_millis, concurrency, lane_rate_count, lane_rate_millis, lane_concurrency)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (type) DO UPDATE
            SET limits_by_hand = excluded.limits_by_hand, limits_set_by = excluded.limits_set_by,
                rate_count = excluded.rate_count, rate_millis = excluded.rate_millis,
                concurrency = excluded.concurrency, lane_rate_count = excluded.lane_rate_count,
                lane_rate_millis = excluded.lane_rate_millis, lane_concurrency = excluded.lane_concurrency""";

    private LimitSettings() {}

    /**
     * Limits of a type, for people.
     *
     * @param limits what its relay enforces, in words; null while no relay has said so
     * @param ownShare whether each relay lets out its own share, since what they share is away
     */
    public record Setting(
            String type,
            @Nullable String limits,
            boolean byHand,
            @Nullable String setBy,
            boolean ownShare) {}

    public static List<Setting> list(Connection connection) throws SQLException {
        List<Setting> settings = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(LIST);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                settings.add(new Setting(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getBoolean(3),
                        rows.getString(4),
                        rows.getBoolean(5)));
            }
        }
        return settings;
    }

    /** The limits of a row that holds {@link #COLUMNS} from that column on; null if nobody has set any. */
    public static @Nullable JobLimits read(ResultSet row, int first) throws SQLException {
        return row.getBoolean(first)
                ? new JobLimits(
                        rate(row, first + 1),
                        row.getObject(first + 3, Integer.class),
                        rate(row, first + 4),
                        row.getObject(first + 6, Integer.class))
                : null;
    }

    private static @Nullable Rate rate(ResultSet row, int first) throws SQLException {
        long count = row.getLong(first);
        return count == 0 ? null : new Rate(count, Duration.ofMillis(row.getLong(first + 1)));
    }

    /**
     * Sets the limits of a type instead of those of its code.
     *
     * @param limits null to go back to those of the code
     */
    public static void set(Connection connection, String type, @Nullable JobLimits limits, String who)
            throws SQLException {
        JobLimits values = limits == null ? JobLimits.NONE : limits;
        try (PreparedStatement upsert = connection.prepareStatement(SET)) {
            upsert.setString(1, type);
            upsert.setBoolean(2, limits != null);
            upsert.setString(3, who);
            setRate(upsert, 4, values.rate());
            upsert.setObject(6, values.concurrency(), Types.INTEGER);
            setRate(upsert, 7, values.laneRate());
            upsert.setObject(9, values.laneConcurrency(), Types.INTEGER);
            upsert.executeUpdate();
        }
    }

    private static void setRate(PreparedStatement upsert, int first, @Nullable Rate rate) throws SQLException {
        upsert.setObject(first, rate == null ? null : rate.count(), Types.BIGINT);
        upsert.setObject(first + 1, rate == null ? null : rate.period().toMillis(), Types.BIGINT);
    }
}
