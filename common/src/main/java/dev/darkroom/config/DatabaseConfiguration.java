package dev.darkroom.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How one process reaches one PostgreSQL database.
 *
 * @param url JDBC, such as {@code jdbc:postgresql://127.0.0.1:5432/directory}. Behind a pgbouncer older than 1.21 in
 *     transaction mode it needs {@code ?prepareThreshold=0}
 * @param password null where the server does not ask for one
 * @param poolSize most connections this process opens; 4 if not set. None is opened before it is needed
 */
public record DatabaseConfiguration(
        @Pattern(
                regexp = "jdbc:postgresql:.+",
                message = "write a JDBC address, such as jdbc:postgresql://127.0.0.1:5432/directory")
        String url,

        @Pattern(regexp = ".+", message = "name the database user")
        String user,

        @Nullable Secret password,
        @Min(1) @Max(200) int poolSize) {

    private static final int DEFAULT_POOL_SIZE = 4;

    public DatabaseConfiguration {
        poolSize = poolSize == 0 ? DEFAULT_POOL_SIZE : poolSize;
    }
}
