package dev.darkroom.jobs.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What time it is in a database, to about half a round trip, without a statement for each look: it is asked every few
 * seconds while somebody looks, and goes on by this process's monotonic clock in between. Thread-safe.
 */
public final class DatabaseClock {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

    private static final Duration ASKED_EVERY = Duration.ofSeconds(5);

    private static final String NOW = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    private final DataSource source;
    private volatile @Nullable Reading last;

    /** @param nanos by {@link System#nanoTime} when it was {@code micros} there */
    private record Reading(long micros, long nanos) {

        long nanosSince() {
            return System.nanoTime() - nanos;
        }
    }

    public DatabaseClock(DataSource source) {
        this.source = source;
    }

    /**
     * Microseconds since 1970 by the database's clock.
     *
     * @throws SQLException if the database was never asked and cannot be now
     */
    public long micros() throws SQLException {
        Reading reading = last;
        if (reading == null || reading.nanosSince() > ASKED_EVERY.toNanos()) {
            reading = ask(reading);
            last = reading;
        }
        return reading.micros() + TimeUnit.NANOSECONDS.toMicros(reading.nanosSince());
    }

    private Reading ask(@Nullable Reading before) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement select = connection.prepareStatement(NOW)) {
            long asked = System.nanoTime();
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Reading(row.getLong(1), asked + (System.nanoTime() - asked) / 2);
            }
        } catch (SQLException e) {
            if (before == null) {
                throw e;
            }
            LOG.debug("The database does not say what time it is; the last answer is gone on from", e);
            return before;
        }
    }
}
