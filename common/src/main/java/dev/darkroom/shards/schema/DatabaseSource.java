package dev.darkroom.shards.schema;

import dev.darkroom.config.DatabaseConfiguration;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections for migrating: opened when asked for, closed for good, without a pool. */
final class DatabaseSource {

    private DatabaseSource() {}

    static PGSimpleDataSource of(DatabaseConfiguration configuration) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(configuration.url());
        source.setUser(configuration.user());
        if (configuration.password() != null) {
            source.setPassword(configuration.password().value());
        }
        source.setApplicationName("migration");
        source.setTcpKeepAlive(true);
        return source;
    }

    static FlywayException unusable(DatabaseConfiguration configuration, SQLException cause) {
        return new FlywayException(
                "The database " + configuration.url() + " cannot be migrated: " + cause.getMessage(), cause);
    }
}
