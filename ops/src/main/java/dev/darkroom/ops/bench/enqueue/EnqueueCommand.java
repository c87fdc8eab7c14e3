package dev.darkroom.ops.bench.enqueue;

import dev.darkroom.ops.bench.measure.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench enqueue}: one job a transaction. */
@Command(
        name = "enqueue",
        mixinStandardHelpOptions = true,
        description = {
            "Commits one job of 200 bytes a transaction over many connections at once, as an API does, through the ledger.",
            "Rounds alternate with pgbench running the same insert over as many connections. Starts a PostgreSQL (fsync and"
                    + " synchronous_commit on) of its own in a temporary folder."
        })
public final class EnqueueCommand implements Callable<Integer> {

    @Option(names = "--connections", paramLabel = "N", description = "Connections (default: ${DEFAULT-VALUE}).")
    private int connections = 16;

    @Option(names = "--seconds", paramLabel = "S", description = "Length of a round (default: ${DEFAULT-VALUE}).")
    private int seconds = 8;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds of each side that count, after one to warm up (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(
            names = "--postgres-binaries",
            paramLabel = "DIR",
            description = "Folder with the programs of a PostgreSQL to measure with (default: the embedded one).")
    private @Nullable Path postgresBinaries;

    @Option(names = "--json", description = "Print one JSON object on standard output, progress on standard error.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        require(connections >= 1 && connections <= 400, "--connections " + connections + ": take 1 to 400");
        require(seconds >= 1, "--seconds " + seconds + ": a round takes at least a second");
        require(rounds >= 1, "--rounds " + rounds + ": measure at least one round");
        try (EnqueueBench bench = new EnqueueBench(postgresBinaries, connections, seconds)) {
            EnqueueResult result =
                    bench.run(rounds, line -> spec.commandLine().getErr().println(line));
            spec.commandLine().getOut().println(json ? Figures.json(keys(result)) : table(result));
        }
        return CommandLine.ExitCode.OK;
    }

    private String table(EnqueueResult result) {
        return String.format(
                Locale.ROOT,
                """
                one job a transaction, %d connections
                                jobs/s          min          max    p50 us    p99 us
                ledger    %,12.0f %,12.0f %,12.0f %,9.0f %,9.0f
                pgbench   %,12.0f %,12.0f %,12.0f
                ratio     %12.2f""",
                connections,
                result.ledger().median(),
                result.ledger().min(),
                result.ledger().max(),
                result.p50(),
                result.p99(),
                result.reference().median(),
                result.reference().min(),
                result.reference().max(),
                result.ratio());
    }

    private Map<String, Object> keys(EnqueueResult result) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("connections", connections);
        keys.put("rounds", rounds);
        keys.put("jobs_per_s", Math.round(result.ledger().median()));
        keys.put("reference", Math.round(result.reference().median()));
        keys.put("ratio", result.ratio());
        keys.put("p50_micros", Math.round(result.p50()));
        keys.put("p99_micros", Math.round(result.p99()));
        return keys;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
