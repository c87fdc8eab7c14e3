package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A relay's connection, whose waits are bounded: for another's lock, and for a database that has stopped answering. Its
 * statements read few rows of what may be tens of millions, which PostgreSQL's estimates do not show: they are neither
 * compiled nor run in parallel, either of which takes longer than they do. And they go along an index in its order, which is what
 * each is written for: estimates of a table that was nearly empty a moment ago would have all that waits in a lane read and sorted
 * for the first few rows of it. A connection that is closed, or broken, leaves nothing of that behind in its pool. Used by one thread.
 */
final class RelaySession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RelaySession.class);

    private static final Map<String, String> SETTINGS = Map.of(
            "lock_timeout", "'200ms'",
            "jit", "off",
            "max_parallel_workers_per_gather", "0",
            "enable_seqscan", "off",
            "enable_bitmapscan", "off",
            "enable_sort", "off");

    private static final String BOUND = SETTINGS.entrySet().stream()
            .map(setting -> "SET " + setting.getKey() + " = " + setting.getValue())
            .collect(Collectors.joining("; "));
    private static final String AS_BEFORE =
            SETTINGS.keySet().stream().map(name -> "RESET " + name).collect(Collectors.joining("; "));

    /** Longer than any statement of a relay on a database that is only slow; another relay takes over long before. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

    private final Connection connection;

    private RelaySession(Connection connection) {
        this.connection = connection;
    }

    /** @param longestSilence after so long without any answer the connection is given up */
    static RelaySession open(DataSource source, Duration longestSilence) throws SQLException {
        RelaySession session = new RelaySession(source.getConnection());
        try {
            session.connection.setNetworkTimeout(Runnable::run, Math.toIntExact(longestSilence.toMillis()));
            session.run(BOUND);
            return session;
        } catch (SQLException | RuntimeException e) {
            session.connection.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        try (Connection closing = connection) {
            if (!closing.isClosed()) {
                run(AS_BEFORE);
            }
        } catch (SQLException e) {
            LOG.debug("The session is broken, so its pool drops it", e);
        }
    }
}
