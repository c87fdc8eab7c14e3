package dev.darkroom.ops.bench.gearman;

import dev.darkroom.embedded.GuardedProcess;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.ops.bench.servers.BenchFolder;
import dev.darkroom.ops.bench.servers.BenchJobServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** The steps of {@code bench submit} and {@code bench handout}: a job server, and beside it the measuring process. */
final class GearmanBench implements AutoCloseable {

    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xms1g", "-Xmx1g");

    private final BenchFolder folder;
    private final AutoCloseable jobServer;
    private final ServerAddress address;
    private final String description;

    private GearmanBench(BenchFolder folder, AutoCloseable jobServer, ServerAddress address, String description) {
        this.folder = folder;
        this.jobServer = jobServer;
        this.address = address;
        this.description = description;
    }

    static GearmanBench start(GearmanOptions options) throws IOException, InterruptedException {
        BenchFolder folder = BenchFolder.create();
        if (options.server != null) {
            return new GearmanBench(folder, () -> {}, options.server, "the job server at " + options.server);
        }
        BenchJobServer server = options.javaJobServer
                ? BenchJobServer.java(folder.path())
                : BenchJobServer.gearmand(folder.path(), options.serverThreads);
        return new GearmanBench(folder, server, server.address(), server.description());
    }

    String description() {
        return description;
    }

    /** The rounds of one measure, without those that warm up. */
    List<GearmanRound> measure(String measure, GearmanOptions options)
            throws IOException, InterruptedException, ExecutionException {
        Path log = folder.path().resolve(measure + ".log");
        GuardedProcess process = GuardedProcess.start(
                BenchJobServer.java(
                        GearmanBenchProcess.class.getName(),
                        FLAGS,
                        address.toString(),
                        measure,
                        Integer.toString(options.jobs),
                        Integer.toString(options.rounds),
                        Integer.toString(options.payload),
                        Integer.toString(options.window),
                        Integer.toString(options.sharedThreads)),
                Map.of(),
                log);
        if (process.onExit().get() != 0) {
            throw new IllegalStateException("The measuring process failed: " + String.join(" / ", process.logTail(10)));
        }
        return Files.readAllLines(log).stream()
                .filter(GearmanRound::isLine)
                .map(GearmanRound::parse)
                .toList();
    }

    @Override
    public void close() throws Exception {
        jobServer.close();
        folder.close();
    }
}
