package dev.darkroom.jobs.watch;

import dev.darkroom.jobs.watch.times.Times;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What one or all living worker processes did of one job type in the last minute, as their heartbeats say.
 *
 * @param donePerSecond jobs done
 * @param waits how long jobs had been due when their runs began: of some of the runs that ended done or discarded
 * @param runs how long handlers took
 */
public record LastMinute(double donePerSecond, Times waits, Times runs) {

    public static final LastMinute NOTHING = new LastMinute(0, Times.NONE, Times.NONE);

    private static final String BEATS = """
            SELECT c.worker_id, c.type, c.done_per_second, c.waits, c.run_times
            FROM jobs.worker_count c JOIN jobs.worker w ON w.id = c.worker_id
            WHERE w.beat_at > clock_timestamp() - interval '15 seconds' AND NOT w.reported""";

    /** Of all processes together, by type, in one database. */
    public static Map<String, LastMinute> read(Connection connection) throws SQLException {
        Map<String, LastMinute> types = new TreeMap<>();
        readByWorker(connection)
                .values()
                .forEach(process -> process.forEach((type, minute) -> types.merge(type, minute, LastMinute::plus)));
        return types;
    }

    /** Of each process, by its id and the type, in one database. */
    public static Map<UUID, Map<String, LastMinute>> readByWorker(Connection connection) throws SQLException {
        Map<UUID, Map<String, LastMinute>> workers = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(BEATS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                LastMinute minute = new LastMinute(
                        rows.getDouble(3), Times.decode(rows.getBytes(4)), Times.decode(rows.getBytes(5)));
                workers.computeIfAbsent(rows.getObject(1, UUID.class), id -> new TreeMap<>())
                        .put(rows.getString(2), minute);
            }
        }
        return workers;
    }

    /** Of other processes, or in another database. */
    public LastMinute plus(LastMinute other) {
        return new LastMinute(donePerSecond + other.donePerSecond, waits.plus(other.waits), runs.plus(other.runs));
    }
}
