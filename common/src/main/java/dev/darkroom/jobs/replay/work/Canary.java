package dev.darkroom.jobs.replay.work;

import dev.darkroom.jobs.replay.ReplayPace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges a replay by the first attempts of its canary: too many that fail again, or that take much longer than is usual,
 * stop it. Per cause and type, so that one cause that persists is not lost among many that are over.
 */
final class Canary {

    /** Up to this part of first attempts may fail. */
    private static final double TOLERATED = 0.25;

    /** How many times the usual run time is too slow, and by how much at least. */
    private static final double SLOW_FACTOR = 3;

    private static final double SLOW_MICROS = 100_000;

    private static final String LEFT = """
            SELECT fingerprint, type, canary_left FROM jobs.replay_group
            WHERE replay_id = ? AND canary_left > 0 ORDER BY fingerprint, type""";

    private static final String FIRST_ATTEMPTS = """
            SELECT j.cause, j.type, count(*) AS jobs, count(j.first) AS tried,
                   count(*) FILTER (WHERE j.first = 'failed') AS failed,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY j.first_micros) AS median, min(g.usual_micros) AS usual
            FROM jobs.replay_job j
            JOIN jobs.replay_group g ON g.replay_id = j.replay_id AND g.fingerprint = j.cause AND g.type = j.type
            WHERE j.replay_id = ? AND j.canary AND j.state <> 'superseded'
            GROUP BY j.cause, j.type ORDER BY j.cause, j.type""";

    private Canary() {}

    /** What of one cause the canary has still to take. */
    record Group(String fingerprint, String type, long left) {}

    /** Whether the replay may go on, and what that follows from. */
    record Verdict(boolean passed, @Nullable String explanation) {}

    private record Tried(String cause, String type, long jobs, long tried, long failed, double median, double usual) {

        boolean failsAgain() {
            return tried >= ReplayPace.LEAST_CANARY && failed > tried * TOLERATED;
        }

        boolean isSlow() {
            return usual > 0 && median > usual * SLOW_FACTOR && median > usual + SLOW_MICROS;
        }

        String explained() {
            return failsAgain()
                    ? "%s of cause %s: %d of %d first attempts failed again".formatted(type, cause, failed, tried)
                    : String.format(
                            Locale.ROOT,
                            "%s takes %.0f ms (median of %d first attempts), usually %.0f ms",
                            type,
                            median / 1_000,
                            tried,
                            usual / 1_000);
        }
    }

    static List<Group> left(Connection connection, long replay) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LEFT)) {
            select.setLong(1, replay);
            List<Group> groups = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    groups.add(new Group(row.getString(1), row.getString(2), row.getLong(3)));
                }
            }
            return groups;
        }
    }

    /** The verdict, once each job of the canary has had its first attempt. */
    static Optional<Verdict> verdict(Connection connection, long replay) throws SQLException {
        List<Tried> groups = tried(connection, replay);
        if (groups.stream().anyMatch(group -> group.tried() < group.jobs())) {
            return Optional.empty();
        }
        long tried = groups.stream().mapToLong(Tried::tried).sum();
        long failed = groups.stream().mapToLong(Tried::failed).sum();
        List<String> reasons = groups.stream()
                .filter(group -> group.failsAgain() || group.isSlow())
                .map(Tried::explained)
                .toList();
        if (reasons.isEmpty() && failed > tried * TOLERATED) {
            reasons = List.of(failed + " of " + tried + " first attempts failed again");
        }
        return Optional.of(
                reasons.isEmpty()
                        ? new Verdict(true, tried == 0 ? null : failed + " of " + tried + " first attempts failed")
                        : new Verdict(false, String.join("; ", reasons)));
    }

    private static List<Tried> tried(Connection connection, long replay) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIRST_ATTEMPTS)) {
            select.setLong(1, replay);
            List<Tried> groups = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    groups.add(new Tried(
                            row.getString("cause"),
                            row.getString("type"),
                            row.getLong("jobs"),
                            row.getLong("tried"),
                            row.getLong("failed"),
                            row.getDouble("median"),
                            row.getDouble("usual")));
                }
            }
            return groups;
        }
    }
}
