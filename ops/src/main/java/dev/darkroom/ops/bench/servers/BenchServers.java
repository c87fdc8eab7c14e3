package dev.darkroom.ops.bench.servers;

import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.gearman.ServerAddress;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A durable PostgreSQL and a job server for one benchmark, in a temporary folder that goes with them. */
public final class BenchServers implements AutoCloseable {

    private final BenchFolder folder;
    private final EmbeddedPostgres postgres;
    private final BenchJobServer jobServer;
    private final String description;

    private BenchServers(BenchFolder folder, EmbeddedPostgres postgres, BenchJobServer jobServer, String description) {
        this.folder = folder;
        this.postgres = postgres;
        this.jobServer = jobServer;
        this.description = description;
    }

    /**
     * Starts both.
     *
     * @param binaries the folder with PostgreSQL's programs; null for the embedded ones
     * @param javaJobServer whether the Java job server is to run in place of gearmand
     * @throws IllegalStateException where gearmand is not installed, or the job server does not start
     * @throws dev.darkroom.embedded.EmbeddedServerException if PostgreSQL does not start
     */
    public static BenchServers start(@Nullable Path binaries, boolean javaJobServer)
            throws IOException, InterruptedException {
        BenchFolder folder = BenchFolder.create();
        BenchJobServer server =
                javaJobServer ? BenchJobServer.java(folder.path()) : BenchJobServer.gearmand(folder.path(), 1);
        EmbeddedPostgres postgres = BenchPostgres.start(folder, binaries);
        return new BenchServers(
                folder,
                postgres,
                server,
                server.description() + ", "
                        + (binaries == null ? "embedded PostgreSQL" : "PostgreSQL of " + binaries)
                        + " with fsync and synchronous_commit on");
    }

    public String jdbcUrl() {
        return postgres.jdbcUrl(BenchPostgres.DATABASE);
    }

    public ServerAddress gearman() {
        return jobServer.address();
    }

    public long postgresPid() {
        return postgres.pid();
    }

    public long jobServerPid() {
        return jobServer.pid();
    }

    /** For whatever is to go with the servers, such as logs. */
    public Path folder() {
        return folder.path();
    }

    /** Which servers these are, for whoever reads the figures. */
    public String description() {
        return description;
    }

    @Override
    public void close() throws IOException {
        jobServer.close();
        postgres.stop();
        folder.close();
    }
}
