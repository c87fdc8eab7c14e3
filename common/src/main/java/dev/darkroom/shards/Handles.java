package dev.darkroom.shards;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Cleanable;
import org.jspecify.annotations.Nullable;

/**
 * Opens Jdbi handles: on a connection of the pool, or on one that already has a transaction, which then stays open. All
 * share one Jdbi, so that each statement is parsed once. Thread-safe.
 */
final class Handles {

    // Set for the moment of opening a handle, so one a database is cheap and right.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Connection> given = new ThreadLocal<>();

    private final Jdbi jdbi;

    Handles(DataSource source) {
        jdbi = Jdbi.create(new GivenOrPooled(source))
                .registerArrayType(Long.class, "bigint")
                .registerArrayType(String.class, "text");
    }

    Handle open() {
        return jdbi.open();
    }

    /** Closing the handle leaves the connection and its transaction as they are. */
    Handle over(Connection connection) {
        given.set(connection);
        try {
            return jdbi.open();
        } finally {
            given.remove();
        }
    }

    private final class GivenOrPooled implements ConnectionFactory {

        private final DataSource source;

        GivenOrPooled(DataSource source) {
            this.source = source;
        }

        @Override
        public Connection openConnection() throws SQLException {
            Connection connection = given.get();
            return connection == null ? source.getConnection() : connection;
        }

        @Override
        public Cleanable getCleanableFor(Connection connection) {
            return given.get() == null ? connection::close : () -> {};
        }
    }
}
