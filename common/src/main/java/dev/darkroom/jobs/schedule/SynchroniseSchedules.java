package dev.darkroom.jobs.schedule;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Brings the table in line with the code: new schedules come, changed ones get their next time anew, retired ones go. What
 * a person has set stays. May be repeated at any time, by several processes at once.
 */
final class SynchroniseSchedules {

    private static final String NOW = "SELECT clock_timestamp()";

    private static final String WRITE = """
            INSERT INTO jobs.schedule AS s (name, timing, missed, next_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE
            SET timing = excluded.timing, missed = excluded.missed,
                next_at = CASE WHEN s.timing = excluded.timing THEN s.next_at ELSE excluded.next_at END
            WHERE (s.timing, s.missed) IS DISTINCT FROM (excluded.timing, excluded.missed)""";

    private static final String REMOVE = "DELETE FROM jobs.schedule WHERE name = ANY (?)";

    private SynchroniseSchedules() {}

    static void synchronise(Connection connection, Schedules schedules) throws SQLException {
        Instant now = now(connection);
        try (PreparedStatement write = connection.prepareStatement(WRITE)) {
            for (Schedule schedule : schedules.all()) {
                write.setString(1, schedule.name());
                write.setString(2, schedule.timing().text());
                write.setString(3, schedule.missed().text());
                write.setObject(4, at(schedule.timing().following(now)));
                write.executeUpdate();
            }
        }
        try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            remove.setArray(
                    1, connection.createArrayOf("text", schedules.retired().toArray()));
            remove.executeUpdate();
        }
    }

    private static Instant now(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NOW);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
