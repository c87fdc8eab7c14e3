package dev.darkroom.ops.bench.drain;

import dev.darkroom.clock.Pause;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The ledger of a benchmark, as its own tables and PostgreSQL's statistics show it. Used by one thread. */
public final class BenchLedger {

    private static final String LEFT = """
            SELECT (SELECT count(*) FROM jobs.job) + (SELECT count(*) FROM jobs.later_job)
                   + (SELECT count(*) FROM jobs.failed_job)""";

    private static final String READY = """
            SELECT CASE WHEN expires_at > clock_timestamp() THEN (SELECT count(*) FROM jobs.worker_count) ELSE 0 END
            FROM jobs.relay""";

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Connection connection;

    public BenchLedger(Connection connection) {
        this.connection = connection;
    }

    public Connection connection() {
        return connection;
    }

    /**
     * Waits until a relay leads and so many workers have been heard of.
     *
     * @throws IllegalStateException if they are not there after a minute
     */
    public void awaitDrainers(LoadParts parts, int workers) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (number(READY) < workers) {
            parts.requireAlive();
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("The relay and the workers have not begun after " + START);
            }
            Pause.SLEEP.pause(LOOK_AGAIN);
        }
    }

    /** Jobs that are neither done nor discarded. */
    public long left() throws SQLException {
        return number(LEFT);
    }

    /** Jobs done, by the heartbeats of the workers that run and of those that have left. */
    public long done() throws SQLException {
        return DoneCount.now(connection);
    }

    /** That PostgreSQL has ever written ahead. */
    public long walBytes() throws SQLException {
        return number("SELECT (pg_current_wal_lsn() - '0/0')::bigint");
    }

    private long number(String query) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** As if nobody had used it: between two rounds, while no process does. */
    public void startAfresh() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM jobs.worker");
            statement.execute("DELETE FROM jobs.flow");
            statement.execute("DELETE FROM jobs.type_state");
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
    }
}
