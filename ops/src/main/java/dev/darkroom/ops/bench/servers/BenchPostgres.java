package dev.darkroom.ops.bench.servers;

import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.embedded.PostgresBuilder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The durable PostgreSQL of a benchmark. */
public final class BenchPostgres {

    /** The name of its one database. */
    public static final String DATABASE = "bench";

    private BenchPostgres() {}

    /**
     * Started, with an empty database, as much memory as the peers' benchmark gives it, and room for the log of some minutes
     * at full rate.
     *
     * @param binaries the folder with the programs; null for the embedded ones
     */
    public static EmbeddedPostgres start(BenchFolder folder, @Nullable Path binaries) {
        PostgresBuilder builder = EmbeddedPostgres.builder(folder.path().resolve("postgres"))
                .setting("shared_buffers", "512MB")
                .setting("max_wal_size", "4GB");
        if (binaries != null) {
            builder.binaries(binaries);
        }
        EmbeddedPostgres postgres = builder.start();
        postgres.createDatabaseIfMissing(DATABASE);
        return postgres;
    }
}
