package dev.darkroom.shards;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.config.DatabaseConfiguration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The directory database: what crosses shards, in schema {@code directory}. Thread-safe; connects when first used; closing
 * it closes its pool.
 */
public final class Directory implements AutoCloseable {

    private final HikariDataSource source;
    private final Handles handles;

    Directory(DatabaseConfiguration configuration) {
        source = Pools.open("directory", configuration);
        handles = new Handles(source);
    }

    /** Runs statements, each in a transaction of its own. */
    public <T extends @Nullable Object> T with(DatabaseRead<T> work) {
        try (Handle handle = handles.open()) {
            return work.read(handle);
        }
    }

    /** Runs statements in one transaction, which is rolled back if anything is thrown. */
    public <T extends @Nullable Object> T inTransaction(DatabaseRead<T> work) {
        try (Handle handle = handles.open()) {
            return handle.inTransaction(work::read);
        }
    }

    /** For what needs a connection of its own. */
    public DataSource source() {
        return source;
    }

    @Override
    public void close() {
        source.close();
    }
}
