package dev.darkroom.api.health;

import com.codahale.metrics.health.HealthCheck;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Unhealthy while a database cannot be asked: without it hardly any request can be answered. */
public final class DatabaseHealthCheck extends HealthCheck {

    private static final int TIMEOUT_SECONDS = 2;

    private final DataSource database;

    public DatabaseHealthCheck(DataSource database) {
        this.database = database;
    }

    @Override
    protected Result check() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(TIMEOUT_SECONDS)
                    ? Result.healthy()
                    : Result.unhealthy("does not answer within %d s", TIMEOUT_SECONDS);
        } catch (SQLException e) {
            return Result.unhealthy("cannot be reached; requests are answered with 503: %s", e.getMessage());
        }
    }
}
