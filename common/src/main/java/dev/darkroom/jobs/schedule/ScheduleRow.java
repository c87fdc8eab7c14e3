package dev.darkroom.jobs.schedule;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule that is due, locked for the rest of the transaction.
 *
 * @param now the database's clock
 * @param nextAt the first time for which nothing was enqueued, which may lie ahead
 * @param isPaused its times pass by, and it is only due because somebody asked
 * @param isAsked whether somebody wants it to run now
 */
record ScheduleRow(Timing timing, MissedRuns missed, Instant now, Instant nextAt, boolean isPaused, boolean isAsked) {

    // Who finds the row locked leaves it: another process is enqueuing for the same time. Who locks it after that one's
    // commit reads the time that it has moved on to.
    private static final String LOCK = """
            SELECT timing, missed, clock_timestamp(), next_at, paused_at IS NOT NULL, asked_at IS NOT NULL
            FROM jobs.schedule WHERE name = ? FOR UPDATE SKIP LOCKED""";

    private static final String MOVE_ON = """
            UPDATE jobs.schedule
            SET next_at = ?, enqueued = enqueued + ?, asked_at = NULL, asked_by = NULL,
                last_at = CASE WHEN ? > 0 THEN clock_timestamp() ELSE last_at END
            WHERE name = ?""";

    /** Null if it is not due, or another transaction has it. */
    static @Nullable ScheduleRow lockIfDue(Connection connection, String name) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, name);
            try (ResultSet row = lock.executeQuery()) {
                ScheduleRow locked = row.next() ? read(row) : null;
                return locked != null && (locked.isAsked || locked.hasCome()) ? locked : null;
            }
        }
    }

    private static ScheduleRow read(ResultSet row) throws SQLException {
        return new ScheduleRow(
                Timing.parse(row.getString(1)),
                MissedRuns.parse(row.getString(2)),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getBoolean(5),
                row.getBoolean(6));
    }

    private boolean hasCome() {
        return !isPaused && !nextAt.isAfter(now);
    }

    /** The times for which a job is to be enqueued. */
    List<Instant> due() {
        return hasCome() ? missed.chosen(timing, nextAt, now) : List.of();
    }

    /** Writes that so many jobs were enqueued, and when it is due next. */
    void moveOn(Connection connection, String name, int enqueued) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(MOVE_ON)) {
            update.setObject(1, SynchroniseSchedules.at(hasCome() ? timing.next(nextAt, now) : nextAt));
            update.setInt(2, enqueued);
            update.setInt(3, enqueued);
            update.setString(4, name);
            update.executeUpdate();
        }
    }
}
