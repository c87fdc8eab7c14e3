package dev.darkroom.ops.bench.sustained;

import dev.darkroom.ops.bench.measure.Figures;
import dev.darkroom.ops.bench.servers.BenchServers;
import dev.darkroom.ops.bench.servers.ServerOptions;
import dev.darkroom.ops.terminal.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench sustained}: whether anything grows or drifts at full rate. */
@Command(
        name = "sustained",
        mixinStandardHelpOptions = true,
        description = {
            "Enqueues no-op jobs of 200 bytes, 1,000 a transaction over two connections, and lets two worker processes do"
                    + " them, both at full rate for a long time; the enqueuer pauses while more than the backlog wait.",
            "Every five seconds: jobs a second, how long jobs of the last minute had been due when they began, rows and"
                    + " size of the table, WAL, memory (PSS). At the end the first tenth, after 30 s of warm-up, beside the"
                    + " last; the exit code is not 0 unless every job was done.",
            "Starts a PostgreSQL (fsync and synchronous_commit on) and a job server of its own in a temporary folder:"
                    + " gearmand, or the Java job server where asked for."
        })
public final class SustainedCommand implements Callable<Integer> {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final long LEAST_BACKLOG = 1_000;
    private static final int MOST_MINUTES = 24 * 60;

    private static final List<Column> COMPARED = List.of(
            Column.JOBS_PER_S,
            Column.WAIT_P50_MS,
            Column.WAIT_P99_MS,
            Column.LIVE_ROWS,
            Column.DEAD_ROWS,
            Column.TABLE_MB,
            Column.INDEX_MB,
            Column.WAL_MB_PER_S,
            Column.RELAY_MIB,
            Column.JOB_SERVER_MIB,
            Column.WORKERS_MIB,
            Column.MEMORY_MIB);

    @Option(names = "--minutes", paramLabel = "N", description = "How long (default: ${DEFAULT-VALUE}).")
    private int minutes = 30;

    @Option(
            names = "--backlog",
            paramLabel = "N",
            description = "So many jobs may wait before the enqueuer pauses (default: ${DEFAULT-VALUE}).")
    private long backlog = 50_000;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write every sample to this file.")
    private @Nullable Path csv;

    @Option(names = "--plot", paramLabel = "FILE.svg", description = "Draw the samples over time.")
    private @Nullable Path plot;

    @Mixin
    private final ServerOptions chosen = new ServerOptions();

    @Option(names = "--json", description = "Print one JSON object on standard output, progress on standard error.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final List<Sample> samples = new ArrayList<>();

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        validate();
        SustainedPlan plan = new SustainedPlan(Duration.ofMinutes(minutes), EVERY, WARM_UP, backlog);
        try (SampleFile file = csv == null ? null : new SampleFile(csv);
                BenchServers servers = chosen.start()) {
            spec.commandLine().getErr().println("enqueuing and draining for " + minutes + " min");
            try {
                SustainedResult result = new SustainedBench(servers, plan).run(sample -> note(sample, file));
                print(result, servers.description());
                return result.nothingLost() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
            } finally {
                if (plot != null && !samples.isEmpty()) {
                    SamplePlot.write(plot, samples);
                }
            }
        }
    }

    private void validate() {
        if (minutes < 1 || minutes > MOST_MINUTES) {
            throw refused("--minutes " + minutes + ": measure for 1 to " + MOST_MINUTES + " minutes");
        }
        if (backlog < LEAST_BACKLOG) {
            throw refused("--backlog " + backlog + ": let at least " + LEAST_BACKLOG + " wait, one transaction's jobs");
        }
        requireFolder("--csv", csv);
        requireFolder("--plot", plot);
        if (plot != null) {
            System.setProperty("java.awt.headless", "true");
            SamplePlot.requireFonts();
        }
    }

    private void requireFolder(String option, @Nullable Path file) {
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw refused(option + " " + file + ": make its folder first");
        }
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void note(Sample sample, @Nullable SampleFile file) throws IOException {
        samples.add(sample);
        if (file != null) {
            file.add(sample);
        }
        int aMinute = (int) (60 / EVERY.toSeconds());
        if (samples.size() % aMinute == 0) {
            PrintWriter errors = spec.commandLine().getErr();
            errors.println(String.format(
                    Locale.ROOT,
                    "%3d min  %s jobs/s  wait p99 %s  dead rows %s  table %s",
                    samples.size() / aMinute,
                    text(Column.JOBS_PER_S, sample),
                    text(Column.WAIT_P99_MS, sample),
                    text(Column.DEAD_ROWS, sample),
                    text(Column.TABLE_MB, sample)));
            errors.flush();
        }
    }

    private static String text(Column column, Sample sample) {
        return column.text(column.of(sample));
    }

    private void print(SustainedResult result, String servers) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Figures.json(keys(result, servers)));
            return;
        }
        out.println(servers);
        out.println(String.format(
                Locale.ROOT,
                "%,d jobs enqueued, %,d done, %,d left; means of the first tenth after %d s and of the last",
                result.enqueued(),
                result.done(),
                result.left(),
                WARM_UP.toSeconds()));
        TextTable table = new TextTable("", "first tenth", "last tenth", "ratio");
        for (Column column : COMPARED) {
            Double ratio = result.drift().ratio(column);
            table.row(
                    column.label(),
                    column.text(result.drift().first().get(column)),
                    column.text(result.drift().last().get(column)),
                    ratio == null ? "-" : String.format(Locale.ROOT, "%.2f", ratio));
        }
        table.lines().forEach(out::println);
        out.flush();
    }

    private Map<String, Object> keys(SustainedResult result, String servers) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("minutes", minutes);
        keys.put("backlog", backlog);
        keys.put("enqueued", result.enqueued());
        keys.put("done", result.done());
        keys.put("left", result.left());
        for (Column column : COMPARED) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("first", rounded(result.drift().first().get(column)));
            figures.put("last", rounded(result.drift().last().get(column)));
            figures.put("ratio", result.drift().ratio(column));
            keys.put(column.key(), figures);
        }
        keys.put("servers", servers);
        return keys;
    }

    private static @Nullable Double rounded(@Nullable Double value) {
        return value == null ? null : Figures.thousandths(value);
    }
}
