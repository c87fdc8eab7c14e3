package dev.darkroom.ops.bench.failures;

import dev.darkroom.ops.bench.measure.Figures;
import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code bench failures}: very many failed jobs. */
@Command(
        name = "failures",
        mixinStandardHelpOptions = true,
        description = {
            "Fills in N failed jobs of 50 causes in 1,000 lanes, then lists the causes, reads first pages by several filters,"
                    + " and replays all into the ledger without a limit of rate.",
            "Beside it, in the same run: the causes counted by one statement, and a fifth of the rows moved by bare"
                    + " statements of 5,000. Starts a PostgreSQL (fsync and synchronous_commit on) of its own in a temporary"
                    + " folder."
        })
public final class FailuresCommand implements Callable<Integer> {

    private static final int LEAST = 10_000;

    @Option(names = "--n", paramLabel = "N", description = "Failed jobs (default: ${DEFAULT-VALUE}).")
    private int failures = 1_000_000;

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
    public Integer call() throws SQLException, IOException {
        if (failures < LEAST) {
            throw new ParameterException(
                    spec.commandLine(), "--n " + failures + ": measure at least " + LEAST + " failures");
        }
        try (FailuresBench bench = new FailuresBench(postgresBinaries, failures)) {
            FailuresResult result =
                    bench.run(line -> spec.commandLine().getErr().println(line));
            if (json) {
                spec.commandLine().getOut().println(Figures.json(keys(result)));
            } else {
                print(result);
            }
            return result.replayed() == failures ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void print(FailuresResult result) {
        PrintWriter out = spec.commandLine().getOut();
        FailuresResult.Reading reading = result.reading();
        out.println(String.format(Locale.ROOT, "%,d failed jobs of 50 causes", failures));
        out.println(String.format(
                Locale.ROOT,
                "%-26s %10.1f ms   (counted by one statement: %.1f ms)",
                "causes",
                reading.groups(),
                reading.bareGroups()));
        reading.pages()
                .forEach((filter, millis) -> out.println(
                        String.format(Locale.ROOT, "%-26s %10.1f ms", "page by " + filter.replace('_', ' '), millis)));
        out.println(String.format(
                Locale.ROOT,
                "%-26s %,10.0f jobs/s (bare rows: %,.0f, ratio %.2f), started in %.1f s, heap at most %d MiB",
                "replay",
                result.replayRate(),
                result.bareRate(),
                result.replayRate() / result.bareRate(),
                result.selectSeconds(),
                result.mostHeap() >> 20));
        out.flush();
    }

    private Map<String, Object> keys(FailuresResult result) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("n", failures);
        keys.put("groups_ms", Figures.thousandths(result.reading().groups()));
        keys.put("groups_reference_ms", Figures.thousandths(result.reading().bareGroups()));
        result.reading()
                .pages()
                .forEach((filter, millis) -> keys.put("page_by_" + filter + "_ms", Figures.thousandths(millis)));
        keys.put("replayed", result.replayed());
        keys.put("replay_per_s", Math.round(result.replayRate()));
        keys.put("reference", Math.round(result.bareRate()));
        keys.put("ratio", Figures.ratio(result.replayRate(), result.bareRate()));
        keys.put("start_s", Figures.thousandths(result.selectSeconds()));
        keys.put("most_heap_mib", result.mostHeap() >> 20);
        return keys;
    }
}
