package dev.darkroom.ops.bench;

import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.gearman.ServerAddress;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A durable PostgreSQL and a job server for one benchmark, in a temporary folder that goes with them. */
final class BenchServers implements AutoCloseable {

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

    static BenchServers start(@Nullable Path binaries, boolean javaJobServer) throws IOException, InterruptedException {
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

    String jdbcUrl() {
        return postgres.jdbcUrl(BenchPostgres.DATABASE);
    }

    ServerAddress gearman() {
        return jobServer.address();
    }

    long postgresPid() {
        return postgres.pid();
    }

    long jobServerPid() {
        return jobServer.pid();
    }

    Path folder() {
        return folder.path();
    }

    String description() {
        return description;
    }

    @Override
    public void close() throws IOException {
        jobServer.close();
        postgres.stop();
        folder.close();
    }
}
