package dev.darkroom.jobs.schedule;

import dev.darkroom.jobs.JobException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What a person may see and set of the schedules. Thread-safe; does not own the data source. */
public final class ScheduleStore {

    private static final String LIST = """
            SELECT name, timing, missed, CASE WHEN paused_at IS NULL THEN next_at END AS next_at,
                   paused_at IS NULL AND next_at < clock_timestamp() - interval '1 minute' AS overdue,
                   last_at, enqueued, paused_by, paused_at, asked_by
            FROM jobs.schedule ORDER BY name""";

    private static final String PAUSE = """
            UPDATE jobs.schedule SET paused_at = clock_timestamp(), paused_by = ?
            WHERE name = ? AND paused_at IS NULL""";

    private static final String LOCK_PAUSED =
            "SELECT timing, clock_timestamp() FROM jobs.schedule WHERE name = ? AND paused_at IS NOT NULL FOR UPDATE";

    private static final String RESUME =
            "UPDATE jobs.schedule SET paused_at = NULL, paused_by = NULL, next_at = ? WHERE name = ?";

    private static final String ASK = """
            UPDATE jobs.schedule SET asked_at = clock_timestamp(), asked_by = ?
            WHERE name = ? AND asked_at IS NULL""";

    private static final String EXISTS = "SELECT 1 FROM jobs.schedule WHERE name = ?";

    private final DataSource source;

    public ScheduleStore(DataSource source) {
        this.source = source;
    }

    /** By name, ascending. */
    public List<ScheduleStatus> list() {
        return with(connection -> {
            List<ScheduleStatus> all = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(LIST);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.add(status(row));
                }
            }
            return all;
        });
    }

    /**
     * Lets its times pass by until it is resumed.
     *
     * @return false if it is paused already
     * @throws ScheduleException if there is no such schedule
     */
    public boolean pause(String name, String by) {
        return with(connection -> changed(connection, PAUSE, name, by));
    }

    /**
     * Goes on with its next time; what passed meanwhile counts as wanted, not as missed.
     *
     * @return false if it is not paused
     * @throws ScheduleException if there is no such schedule
     */
    public boolean resume(String name) {
        return with(connection -> {
            connection.setAutoCommit(false);
            Instant next = nextIfPaused(connection, name);
            if (next != null) {
                try (PreparedStatement update = connection.prepareStatement(RESUME)) {
                    update.setObject(1, SynchroniseSchedules.at(next));
                    update.setString(2, name);
                    update.executeUpdate();
                }
            }
            connection.commit();
            connection.setAutoCommit(true);
            return next != null || wasSoAlready(connection, name);
        });
    }

    /**
     * Has it enqueue one job at once, paused or not; its times stay as they are. The relay does so, within a second if one
     * runs.
     *
     * @return false if that has been asked for already and has not happened yet
     * @throws ScheduleException if there is no such schedule
     */
    public boolean runNow(String name, String by) {
        return with(connection -> changed(connection, ASK, name, by));
    }

    private static @Nullable Instant nextIfPaused(Connection connection, String name) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK_PAUSED)) {
            lock.setString(1, name);
            try (ResultSet row = lock.executeQuery()) {
                return row.next()
                        ? Timing.parse(row.getString(1))
                                .following(
                                        row.getObject(2, OffsetDateTime.class).toInstant())
                        : null;
            }
        }
    }

    private static boolean changed(Connection connection, String statement, String name, String by)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            update.setString(1, by);
            update.setString(2, name);
            return update.executeUpdate() == 1 || wasSoAlready(connection, name);
        }
    }

    /** False: nothing was changed, because there was nothing to change. */
    private static boolean wasSoAlready(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(EXISTS)) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    return false;
                }
                throw new ScheduleException("There is no schedule " + name);
            }
        }
    }

    private static ScheduleStatus status(ResultSet row) throws SQLException {
        return new ScheduleStatus(
                row.getString("name"),
                row.getString("timing"),
                row.getString("missed"),
                instant(row, "next_at"),
                row.getBoolean("overdue"),
                instant(row, "last_at"),
                row.getLong("enqueued"),
                row.getString("paused_by"),
                instant(row, "paused_at"),
                row.getString("asked_by"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private <T> T with(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw new JobException("The schedules cannot be read or changed: " + e.getMessage(), e);
        }
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }
}
