package dev.darkroom.ops.bench.servers;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which PostgreSQL and which job server a benchmark starts for itself. */
public final class ServerOptions {

    @Option(
            names = "--postgres-binaries",
            paramLabel = "DIR",
            description = "Folder with the programs of a PostgreSQL to measure with (default: the embedded one).")
    private @Nullable Path postgresBinaries;

    @Option(names = "--java-job-server", description = "Measure with the Java job server instead of gearmand.")
    private boolean javaJobServer;

    /** The job server's name in reports. */
    public String jobServer() {
        return javaJobServer ? "java" : "gearmand";
    }

    /** Starts them. */
    public BenchServers start() throws IOException, InterruptedException {
        return BenchServers.start(postgresBinaries, javaJobServer);
    }
}
