package dev.darkroom.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A server of the test's own with one empty database, which the test kills under those who use it. Used by one thread. */
public final class MortalPostgres implements AutoCloseable {

    private static final String DATABASE = "jobs";

    private final Path folder;
    private EmbeddedPostgres server;

    private MortalPostgres(Path folder, EmbeddedPostgres server) {
        this.folder = folder;
        this.server = server;
    }

    /** @param folder for its files */
    public static MortalPostgres start(Path folder) throws Exception {
        EmbeddedPostgres server = EmbeddedPostgres.builder(folder).start();
        server.createDatabaseIfMissing(DATABASE);
        return new MortalPostgres(folder, server);
    }

    /** A pool that outlives the server; to be closed by the caller. */
    public HikariDataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.jdbcUrl(DATABASE));
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }

    /** A connection of its own each time: a pool may still hold some to the server that was killed. */
    public DataSource direct() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.jdbcUrl(DATABASE));
        return source;
    }

    /** As {@code kill -9} does; the next has the same address and files. */
    public void killAndStartAgain() throws Exception {
        int port = server.port();
        ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
        server.onExit().get(20, TimeUnit.SECONDS);
        server = EmbeddedPostgres.builder(folder).port(port).start();
    }

    @Override
    public void close() {
        server.stop();
    }
}
