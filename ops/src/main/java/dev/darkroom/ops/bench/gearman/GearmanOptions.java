package dev.darkroom.ops.bench.gearman;

import dev.darkroom.gearman.ServerAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that {@code bench submit} and {@code bench handout} share. */
final class GearmanOptions {

    private static final int LEAST = 1_000;
    private static final int MOST = 999_999_999;

    @Option(names = "--jobs", paramLabel = "N", description = "Jobs a round (default: ${DEFAULT-VALUE}).")
    int jobs = 400_000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds of each side that count, after two to warm up (default: ${DEFAULT-VALUE}).")
    int rounds = 7;

    @Option(names = "--payload", paramLabel = "BYTES", description = "Payload of a job (default: ${DEFAULT-VALUE}).")
    int payload = 200;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "Submissions that the bare socket keeps in flight (default: ${DEFAULT-VALUE}).")
    int window = 256;

    @Option(
            names = "--shared-threads",
            paramLabel = "N",
            description = "Event-loop threads that the workers share, 0 for one each (default: ${DEFAULT-VALUE}).")
    int sharedThreads;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            converter = Address.class,
            description = "Measure with this job server, which should have nothing else to do.")
    @Nullable
    ServerAddress server;

    @Option(names = "--java-job-server", description = "Measure with the Java job server instead of gearmand.")
    boolean javaJobServer;

    @Option(
            names = "--server-threads",
            paramLabel = "N",
            description = "gearmand's --threads (default: ${DEFAULT-VALUE}).")
    int serverThreads;

    @Option(names = "--json", description = "Print one JSON object on standard output, progress on standard error.")
    boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    void check() {
        require(jobs >= LEAST && jobs <= MOST, "--jobs " + jobs + ": measure " + LEAST + " to " + MOST + " jobs");
        require(rounds >= 1, "--rounds " + rounds + ": measure at least one round");
        require(payload >= 4, "--payload " + payload + ": a job carries its number in 4 bytes");
        require(window >= 1, "--window " + window + ": at least one must be in flight");
        require(sharedThreads >= 0 && serverThreads >= 0, "A count of threads is not negative");
        require(server == null || !javaJobServer, "--server and --java-job-server name two job servers");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new CommandLine.ParameterException(spec.commandLine(), otherwise);
        }
    }

    /** Reads {@code --server}. */
    static final class Address implements CommandLine.ITypeConverter<ServerAddress> {

        @Override
        public ServerAddress convert(String text) {
            try {
                return ServerAddress.parse(text);
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
