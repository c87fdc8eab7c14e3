package dev.darkroom.ops.bench.servers;

import dev.darkroom.embedded.Gearmand;
import dev.darkroom.embedded.GuardedProcess;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.client.GearmanClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A job server for one benchmark, on a free port of this machine: gearmand, or the Java job server where asked for. */
public final class BenchJobServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final GuardedProcess process;
    private final ServerAddress address;
    private final String description;

    private BenchJobServer(GuardedProcess process, ServerAddress address, String description) {
        this.process = process;
        this.address = address;
        this.description = description;
    }

    /**
     * Starts gearmand.
     *
     * @param folder for its log and pid file
     * @param threads those beside the main one that serve connections
     * @throws IllegalStateException where none is installed, or it does not start
     */
    public static BenchJobServer gearmand(Path folder, int threads) throws IOException, InterruptedException {
        Path program = Gearmand.installed()
                .orElseThrow(() -> new IllegalStateException(
                        "gearmand is not installed: install the package gearman-job-server, or name a job server with"
                                + " --server, or measure the Java one with --java-job-server"));
        int port = freePort();
        List<String> command =
                Gearmand.command(program, port, folder.resolve("gearmand.pid"), List.of("--threads=" + threads));
        return start(command, port, folder, "gearmand --threads=" + threads + " --hashtable-buckets=1000003");
    }

    /** Starts our own as a process. */
    public static BenchJobServer java(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        List<String> flags = List.of("-XX:+UseSerialGC", "-Xmx2g");
        List<String> command =
                java("dev.darkroom.gearman.server.JobServerMain", flags, "--port", Integer.toString(port));
        return start(command, port, folder, "the Java job server");
    }

    private static BenchJobServer start(List<String> command, int port, Path folder, String description)
            throws InterruptedException {
        ServerAddress address = new ServerAddress("127.0.0.1", port);
        GuardedProcess process = GuardedProcess.start(command, Map.of(), folder.resolve("gearman.log"));
        try (GearmanClient client =
                GearmanClient.builder().servers(List.of(address)).build()) {
            if (!client.awaitConnected(START)) {
                process.kill();
                throw new IllegalStateException("The job server did not start within " + START.toSeconds() + " s: "
                        + String.join(" / ", process.logTail(3)));
            }
        }
        return new BenchJobServer(process, address, description);
    }

    /** A JVM on this process's class path. */
    public static List<String> java(String mainClass, List<String> flags, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public ServerAddress address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /** Which one it is, for whoever reads the figures. */
    public String description() {
        return description;
    }

    @Override
    public void close() {
        process.terminate(STOP);
    }
}
