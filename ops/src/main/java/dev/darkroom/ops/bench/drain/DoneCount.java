package dev.darkroom.ops.bench.drain;

import dev.darkroom.clock.Pause;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** How many jobs the workers say they have done, those still running and those that have left. */
public final class DoneCount {

    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private DoneCount() {}

    /** The workers tell with their next heartbeat; ended by a signal they would not. */
    public static long await(Connection connection, long expected) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        long done = now(connection);
        while (done < expected && System.nanoTime() - deadline < 0) {
            Pause.SLEEP.pause(INTERVAL);
            done = now(connection);
        }
        return done;
    }

    /** As of the last heartbeats. */
    public static long now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(sum(done), 0) FROM (SELECT done FROM jobs.worker_count UNION ALL"
                                + " SELECT done FROM jobs.type_total) AS counts")) {
            row.next();
            return row.getLong(1);
        }
    }
}
