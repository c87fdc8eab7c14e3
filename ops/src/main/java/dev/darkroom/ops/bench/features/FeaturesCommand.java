package dev.darkroom.ops.bench.features;

import dev.darkroom.ops.bench.load.MetricsAlone;
import dev.darkroom.ops.bench.measure.Figures;
import dev.darkroom.ops.bench.servers.BenchServers;
import dev.darkroom.ops.bench.servers.ServerOptions;
import dev.darkroom.ops.terminal.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench features}: what each feature of the platform costs a job. */
@Command(
        name = "features",
        mixinStandardHelpOptions = true,
        description = {
            "Drains N no-op jobs of 200 bytes with two worker processes, first without fence, trace, lanes, limits and"
                    + " heartbeats, then with one more of them each time, then with each rarer feature on top of all: jobs a"
                    + " second and microseconds of processor a job, in all and by part.",
            "Every step has new processes, on one PostgreSQL (fsync and synchronous_commit on) and one job server that are"
                    + " started for it; its first third warms up and does not count, nor does its last tenth. Metrics can't"
                    + " be taken away: they are measured alone, in a loop."
        })
public final class FeaturesCommand implements Callable<Integer> {

    private static final int LEAST = 10_000;
    private static final int MOST_ROUNDS = 50;
    private static final List<String> PARTS = List.of("postgresql", "job_server", "relay", "workers");

    @Option(names = "--n", paramLabel = "N", description = "Jobs of each step (default: ${DEFAULT-VALUE}).")
    private int jobs = 300_000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "So often all steps in turn; medians are printed (default: ${DEFAULT-VALUE}).")
    private int rounds = 1;

    @Mixin
    private final ServerOptions chosen = new ServerOptions();

    @Option(names = "--json", description = "Print one JSON object on standard output, progress on standard error.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        if (jobs < LEAST) {
            throw new ParameterException(spec.commandLine(), "--n " + jobs + ": measure at least " + LEAST + " jobs");
        }
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new ParameterException(
                    spec.commandLine(), "--rounds " + rounds + ": measure 1 to " + MOST_ROUNDS + " rounds");
        }
        say("metrics, alone");
        double metrics = MetricsAlone.micros();
        try (BenchServers servers = chosen.start()) {
            List<FeatureRow> rows = new FeaturesBench(servers, jobs, this::say).run(FeatureStep.all(), rounds);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Figures.json(keys(rows, metrics, servers.description())));
            } else {
                print(out, rows, metrics, servers.description());
            }
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    private void print(PrintWriter out, List<FeatureRow> rows, double metrics, String servers) {
        out.println(servers);
        out.println(String.format(
                Locale.ROOT,
                "%,d jobs a step, %d %s; microseconds of processor a job",
                jobs,
                rounds,
                rounds == 1 ? "round" : "rounds (medians)"));
        TextTable table = new TextTable(
                "", "jobs/s", "enqueue/s", "µs", "added", "PostgreSQL", "job server", "relay", "workers", "WAL bytes");
        for (FeatureRow row : rows) {
            if (row.step().name().equals(FeatureStep.AFTER_METRICS)) {
                table.row("+ metrics (in every step; alone)", "", "", "", added(metrics), "", "", "", "", "");
            }
            table.row(cells(row));
        }
        table.lines().forEach(out::println);
        out.println(
                "added: to the line above; of the 'all' lines: to + heartbeat, of sensitive JSON: to JSON arguments");
    }

    private static Object[] cells(FeatureRow row) {
        List<String> cells = new ArrayList<>();
        cells.add(row.step().name());
        cells.add(String.format(Locale.ROOT, "%,.0f", row.rate()));
        cells.add(String.format(Locale.ROOT, "%,.0f", row.enqueueRate()));
        cells.add(micros(row.micros()));
        cells.add(row.added() == null ? "" : added(row.added()));
        PARTS.forEach(part -> cells.add(micros(row.parts().getOrDefault(part, 0.0))));
        cells.add(String.format(Locale.ROOT, "%,.0f", row.walBytes()));
        return cells.toArray();
    }

    private static String micros(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String added(double value) {
        return String.format(Locale.ROOT, "%+.2f", value);
    }

    private Map<String, Object> keys(List<FeatureRow> rows, double metrics, String servers) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("n", jobs);
        keys.put("rounds", rounds);
        keys.put("steps", rows.stream().map(FeatureRow::keys).toList());
        keys.put("metrics_alone_us", Figures.thousandths(metrics));
        keys.put("servers", servers);
        return keys;
    }
}
