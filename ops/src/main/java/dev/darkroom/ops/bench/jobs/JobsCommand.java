package dev.darkroom.ops.bench.jobs;

import dev.darkroom.ops.bench.measure.Figures;
import dev.darkroom.ops.bench.measure.FlameGraphs;
import dev.darkroom.ops.bench.measure.JobCost;
import dev.darkroom.ops.bench.servers.BenchServers;
import dev.darkroom.ops.bench.servers.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench jobs}: how fast durable jobs come in, go out, and are done. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = {
            "Enqueues N no-op jobs of 200 bytes durably, 1,000 a transaction, then lets two worker processes drain them, then"
                    + " enqueues and drains as many at once.",
            "Starts a PostgreSQL (fsync and synchronous_commit on) and a job server of its own in a temporary folder:"
                    + " gearmand, or the Java job server where asked for. Beside it, in the same run: the same rows"
                    + " inserted and deleted by a bare client, 1,000 a transaction."
        })
public final class JobsCommand implements Callable<Integer> {

    private static final int LEAST = 1_000;

    @Option(names = "--n", paramLabel = "N", description = "Jobs (default: ${DEFAULT-VALUE}).")
    private int jobs = 200_000;

    @Mixin
    private final ServerOptions chosen = new ServerOptions();

    @Option(
            names = "--profile",
            paramLabel = "DIR",
            description =
                    "Sample the JVMs, write a recording (.jfr) and a flame graph (.html) of each into DIR, and print how"
                            + " many bytes of objects they make a job; costs some percent of the rates.")
    private @Nullable Path profile;

    @Option(names = "--json", description = "Print one JSON object on standard output, progress on standard error.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException, ExecutionException {
        if (jobs < LEAST) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--n " + jobs + ": measure at least " + LEAST + " jobs");
        }
        FlameGraphs flames = profile == null ? FlameGraphs.NONE : FlameGraphs.into(profile);
        try (BenchServers servers = chosen.start()) {
            JobsResult result = JobsBench.run(
                    servers, jobs, flames, line -> spec.commandLine().getErr().println(line));
            flames.draw().forEach(graph -> spec.commandLine().getErr().println("wrote " + graph));
            print(result, servers.description(), allocations(flames));
            return result.done() == 2L * jobs ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** Bytes of objects a job, of each part; nothing without a profile. The two enqueuers have half of the jobs each. */
    private Map<String, Long> allocations(FlameGraphs flames) {
        Map<String, Long> bytes = new TreeMap<>();
        flames.allocated().forEach((jvm, allocated) -> bytes.merge(part(jvm), allocated, Long::sum));
        bytes.replaceAll((part, allocated) -> allocated / (2L * jobs));
        return bytes;
    }

    private static String part(String jvm) {
        return switch (jvm) {
            case "relay" -> "relay";
            case "enqueue", "through" -> "enqueuers";
            default -> "workers";
        };
    }

    private void print(JobsResult result, String servers, Map<String, Long> allocations) {
        if (json) {
            Map<String, Object> keys = keys(result, servers);
            if (!allocations.isEmpty()) {
                keys.put("allocated_bytes", allocations);
            }
            spec.commandLine().getOut().println(Figures.json(keys));
            return;
        }
        spec.commandLine()
                .getOut()
                .println(String.format(
                        Locale.ROOT,
                        """
                        %s
                                          jobs/s     bare PostgreSQL     ratio
                        enqueue     %,12.0f  %,18.0f  %8.2f
                        drain       %,12.0f  %,18.0f  %8.2f
                        both        %,12.0f  %,18.0f  %8.2f""",
                        servers,
                        result.enqueueRate(),
                        result.bareInsertRate(),
                        result.enqueueRate() / result.bareInsertRate(),
                        result.drainRate(),
                        result.bareDeleteRate(),
                        result.drainRate() / result.bareDeleteRate(),
                        result.throughRate(),
                        result.bareThroughRate(),
                        result.throughRate() / result.bareThroughRate()));
        printCost("drain", result.drain().cost());
        printCost("both", result.through().cost());
        if (!allocations.isEmpty()) {
            spec.commandLine().getOut().println("\nbytes of objects a job");
            allocations.forEach((part, bytes) ->
                    spec.commandLine().getOut().println(String.format(Locale.ROOT, "%-10s  %20d", part, bytes)));
        }
    }

    private void printCost(String what, JobCost cost) {
        spec.commandLine()
                .getOut()
                .println(String.format(
                        Locale.ROOT,
                        "%n%-10s  processor µs a job       reads      writes   (%.2f µs in all, %.0f bytes of WAL)",
                        what,
                        cost.processorMicros(),
                        cost.walBytes()));
        cost.processes()
                .forEach((name, part) -> spec.commandLine()
                        .getOut()
                        .println(String.format(
                                Locale.ROOT,
                                "%-10s  %20.2f  %10.3f  %10.3f",
                                name.replace('_', ' '),
                                part.processorMicros(),
                                part.reads(),
                                part.writes())));
    }

    private Map<String, Object> keys(JobsResult result, String servers) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("n", jobs);
        keys.put("done", result.done());
        keys.put("jobs_per_s", Math.round(result.drainRate()));
        keys.put("reference", Math.round(result.bareDeleteRate()));
        keys.put("ratio", Figures.ratio(result.drainRate(), result.bareDeleteRate()));
        keys.put("enqueue_per_s", Math.round(result.enqueueRate()));
        keys.put("enqueue_reference", Math.round(result.bareInsertRate()));
        keys.put("enqueue_ratio", Figures.ratio(result.enqueueRate(), result.bareInsertRate()));
        keys.put("through_per_s", Math.round(result.throughRate()));
        keys.put("through_reference", Math.round(result.bareThroughRate()));
        keys.put("through_ratio", Figures.ratio(result.throughRate(), result.bareThroughRate()));
        keys.put("drain_cost", result.drain().cost().keys());
        keys.put("through_cost", result.through().cost().keys());
        keys.put("servers", servers);
        return keys;
    }
}
