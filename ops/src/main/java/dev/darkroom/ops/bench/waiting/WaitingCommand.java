package dev.darkroom.ops.bench.waiting;

import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.ops.bench.process.BenchProcess;
import dev.darkroom.ops.bench.servers.BenchServers;
import dev.darkroom.ops.bench.servers.ServerOptions;
import dev.darkroom.ops.terminal.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench waiting}: whether it matters how many jobs wait. */
@Command(
        name = "waiting",
        mixinStandardHelpOptions = true,
        description = {
            "Measures with few jobs waiting and with very many, in the same run: enqueuing one job a transaction, dispatching"
                    + " with two worker processes, what a job costs each process, memory, and how long a single job of"
                    + " another lane waits. Then an idle relay and a drain, without and with retries that are due in an hour.",
            "While jobs are done each is followed by another, so that the number that waits stays what it is.",
            "Starts a PostgreSQL (fsync and synchronous_commit on) and a job server of its own in a temporary folder for each"
                    + " column. Exit code 1 if a job was lost or done twice."
        })
public final class WaitingCommand implements Callable<Integer> {

    private static final long FEWEST = 1_000;
    private static final long MOST = 100_000_000;
    private static final int MOST_LANES = 1_000_000;

    @Option(
            names = "--waiting",
            paramLabel = "N",
            split = ",",
            description = "Waiting jobs, ascending (default: ${DEFAULT-VALUE}).")
    private List<Long> waiting = List.of(10_000L, 10_000_000L);

    @Option(
            names = "--later",
            paramLabel = "N",
            description = "Retries due in an hour; 0 to leave that part out (default: ${DEFAULT-VALUE}).")
    private long later = 1_000_000;

    @Option(
            names = "--drain",
            paramLabel = "N",
            description = "Jobs to drain without and with them (default: ${DEFAULT-VALUE}).")
    private int drain = 200_000;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            description = "Lanes that the waiting jobs are spread over (default: ${DEFAULT-VALUE}).")
    private int lanes = 1_000;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Length of each measurement (default: ${DEFAULT-VALUE}).")
    private int seconds = 20;

    @Mixin
    private final ServerOptions chosen = new ServerOptions();

    @Option(names = "--json", description = "Print one JSON object on standard output, progress on standard error.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** A part of the measurement, on servers of its own. */
    private interface Part {

        void run(BenchServers servers, Connection connection, WaitingLedger ledger)
                throws SQLException, IOException, InterruptedException;
    }

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        validate();
        WaitingReport report = new WaitingReport(settings());
        Progress progress = new Progress(System.err);
        Duration length = Duration.ofSeconds(seconds);
        for (long level : waiting) {
            onServers((servers, connection, ledger) ->
                    report.add(new WaitingBench(servers, connection, ledger, lanes, length).run(level, progress)));
        }
        for (long rows : later == 0 ? List.<Long>of() : List.of(0L, later)) {
            onServers((servers, connection, ledger) ->
                    report.add(new LaterBench(servers, connection, ledger, drain, length).run(rows, progress)));
        }
        print(report);
        return report.isWhole() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void validate() throws IOException {
        boolean ascending = IntStream.range(1, waiting.size()).allMatch(i -> waiting.get(i - 1) < waiting.get(i));
        require(
                !waiting.isEmpty() && waiting.get(0) >= FEWEST && waiting.get(waiting.size() - 1) <= MOST && ascending,
                "--waiting " + waiting + ": give numbers from " + FEWEST + " to " + MOST
                        + ", each larger than the last");
        require(later >= 0 && later <= MOST, "--later " + later + ": give 0 to " + MOST);
        require(drain >= FEWEST, "--drain " + drain + ": drain at least " + FEWEST + " jobs");
        require(lanes >= 1 && lanes <= MOST_LANES, "--lanes " + lanes + ": give 1 to " + MOST_LANES);
        require(seconds >= 1, "--seconds " + seconds + ": measure for at least a second");
        long rows = Math.max(Collections.max(waiting), later + drain);
        Path folder = DiskSpace.folder();
        long free = DiskSpace.free(folder);
        require(free >= DiskSpace.needed(rows), DiskSpace.tooLittle(rows, folder, free));
    }

    private void onServers(Part part) throws SQLException, IOException, InterruptedException {
        try (BenchServers servers = chosen.start()) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(servers.jdbcUrl());
            LedgerSchema.migrate(source, BenchProcess.DATABASE);
            try (Connection connection = source.getConnection()) {
                part.run(servers, connection, new WaitingLedger(source, connection));
            }
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("lanes", lanes);
        settings.put("seconds", seconds);
        settings.put("drain", drain);
        settings.put("job_server", chosen.jobServer());
        return settings;
    }

    private void print(WaitingReport report) {
        if (json) {
            spec.commandLine().getOut().println(report.json());
        } else {
            report.lines().forEach(spec.commandLine().getOut()::println);
        }
        spec.commandLine().getOut().flush();
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
