package dev.darkroom.jobs.probe;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the probes of a job type fare.
 *
 * @param waitSeconds from asking for the last one that was answered to its answer; null if none ever was
 * @param secondsAgo since that answer; null if there was none
 * @param unansweredSeconds since the one that is out was asked for; null if none is out, or for less than
 *     {@value #PATIENCE_SECONDS} s
 */
public record ProbeStatus(
        @Nullable Double waitSeconds,
        @Nullable Double secondsAgo,
        @Nullable Double unansweredSeconds) {

    /** A probe that is out for no longer is on its way as it should be. */
    static final int PATIENCE_SECONDS = 5;

    private static final String STATUS = """
            SELECT type, extract(epoch FROM wait)::float8, extract(epoch FROM clock_timestamp() - answered_at)::float8,
                   CASE WHEN job_id IS NOT NULL AND asked_at < clock_timestamp() - %d * interval '1 second'
                        THEN extract(epoch FROM clock_timestamp() - asked_at)::float8 END
            FROM jobs.probe""".formatted(PATIENCE_SECONDS);

    /** By type, of one database; types that were never probed are missing. */
    public static Map<String, ProbeStatus> read(Connection connection) throws SQLException {
        Map<String, ProbeStatus> types = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(STATUS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                types.put(
                        rows.getString(1),
                        new ProbeStatus(
                                rows.getObject(2, Double.class),
                                rows.getObject(3, Double.class),
                                rows.getObject(4, Double.class)));
            }
        }
        return types;
    }

    /** Of two databases the one that fares worse: without an answer for longest, else with the longest wait. */
    public ProbeStatus orWorse(ProbeStatus other) {
        int unanswered = Double.compare(orNegative(unansweredSeconds), orNegative(other.unansweredSeconds));
        int wait = Double.compare(orNegative(waitSeconds), orNegative(other.waitSeconds));
        return unanswered < 0 || (unanswered == 0 && wait < 0) ? other : this;
    }

    private static double orNegative(@Nullable Double seconds) {
        return seconds == null ? -1 : seconds;
    }
}
