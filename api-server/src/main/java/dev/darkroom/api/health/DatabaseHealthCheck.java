package dev.darkroom.api.health;

import com.codahale.metrics.health.HealthCheck;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import javax.sql.DataSource;

/**
 * Unhealthy while a database cannot be asked: without it hardly any request can be answered. Tells for how long it has been
 * reachable or away, and by how much its clock is ahead of this process's.
 */
public final class DatabaseHealthCheck extends HealthCheck {

    private static final int TIMEOUT_SECONDS = 2;

    private static final String NOW = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private final DataSource database;
    private final InstantSource clock;
    private final Since since = new Since();

    /** @param clock of this process */
    public DatabaseHealthCheck(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    protected Result check() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            long before = clock.millis();
            try (ResultSet row = statement.executeQuery(NOW)) {
                row.next();
                long here = before + (clock.millis() - before) / 2;
                return Result.builder()
                        .healthy()
                        .withDetail("reachableForSeconds", since.seen(true).toSeconds())
                        .withDetail("clockAheadMillis", row.getLong(1) - here)
                        .build();
            }
        } catch (SQLException e) {
            return Result.builder()
                    .unhealthy()
                    .withMessage("cannot be reached; requests are answered with 503: %s", e.getMessage())
                    .withDetail("awayForSeconds", since.seen(false).toSeconds())
                    .build();
        }
    }
}
