package dev.darkroom.ops.bench;

import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.embedded.GuardedProcess;
import dev.darkroom.embedded.PostgresBuilder;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.client.GearmanClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A durable PostgreSQL and a job server for one benchmark, in a temporary folder that goes with them. */
final class BenchServers implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final GuardedProcess jobServer;
    private final ServerAddress gearman;
    private final String description;

    private BenchServers(
            Path folder,
            EmbeddedPostgres postgres,
            GuardedProcess jobServer,
            ServerAddress gearman,
            String description) {
        this.folder = folder;
        this.postgres = postgres;
        this.jobServer = jobServer;
        this.gearman = gearman;
        this.description = description;
    }

    static BenchServers start(@Nullable Path binaries, boolean javaJobServer) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("darkroom-bench-");
        // As much memory for PostgreSQL as the peers' benchmark gives it.
        PostgresBuilder builder =
                EmbeddedPostgres.builder(folder.resolve("postgres")).setting("shared_buffers", "512MB");
        if (binaries != null) {
            builder.binaries(binaries);
        }
        EmbeddedPostgres postgres = builder.start();
        postgres.createDatabaseIfMissing("bench");
        int port = freePort();
        ServerAddress address = new ServerAddress("127.0.0.1", port);
        Optional<Path> gearmand = javaJobServer ? Optional.empty() : gearmand();
        GuardedProcess server = GuardedProcess.start(
                gearmand.map(program -> gearmand(program, port, folder)).orElseGet(() -> javaJobServer(port)),
                Map.of(),
                folder.resolve("gearman.log"));
        awaitConnection(address);
        return new BenchServers(
                folder,
                postgres,
                server,
                address,
                (gearmand.isPresent() ? "gearmand" : "the Java job server") + ", "
                        + (binaries == null ? "embedded PostgreSQL" : "PostgreSQL of " + binaries)
                        + " with fsync and synchronous_commit on");
    }

    private static void awaitConnection(ServerAddress address) throws InterruptedException {
        try (GearmanClient client =
                GearmanClient.builder().servers(List.of(address)).build()) {
            if (!client.awaitConnected(START)) {
                throw new IllegalStateException("The job server did not start within " + START.toSeconds() + " s");
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Optional<Path> gearmand() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, "gearmand"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Few threads and a large hash table: docs/performance.md. */
    private static List<String> gearmand(Path program, int port, Path folder) {
        return List.of(
                program.toString(),
                "--threads=1",
                "--hashtable-buckets=1000003",
                "--listen=127.0.0.1",
                "--port=" + port,
                "--user=" + System.getProperty("user.name"),
                "--pid-file=" + folder.resolve("gearmand.pid"),
                "--log-file=stderr");
    }

    private static List<String> javaJobServer(int port) {
        return java("dev.darkroom.gearman.server.JobServerMain", List.of("-Xmx512m"), "--port", Integer.toString(port));
    }

    /** A JVM on this process's class path. */
    static List<String> java(String mainClass, List<String> flags, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    String jdbcUrl() {
        return postgres.jdbcUrl("bench");
    }

    ServerAddress gearman() {
        return gearman;
    }

    Path folder() {
        return folder;
    }

    String description() {
        return description;
    }

    @Override
    public void close() throws Exception {
        jobServer.terminate(STOP);
        postgres.stop();
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
