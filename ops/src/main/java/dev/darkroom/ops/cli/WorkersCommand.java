package dev.darkroom.ops.cli;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.ops.pools.CurrentJob;
import dev.darkroom.ops.pools.Lately;
import dev.darkroom.ops.pools.WorkerList;
import dev.darkroom.ops.pools.WorkerStatus;
import dev.darkroom.ops.system.DataOption;
import dev.darkroom.ops.system.OneLine;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.ops.system.RunningSystem;
import dev.darkroom.ops.terminal.DurationText;
import dev.darkroom.ops.terminal.Json;
import dev.darkroom.ops.terminal.TextTable;
import dev.darkroom.shards.Shards;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the worker processes of a running system and what they are at. */
@Command(
        name = "workers",
        mixinStandardHelpOptions = true,
        description = {
            "Show every worker process: its host and pid, what it does, and the jobs it is at and since when.",
            "",
            "busy: threads at work, of all; per s: jobs done in the last minute; silent: its last heartbeats are"
                    + " missing. As of the last heartbeats, up to two seconds ago."
        })
final class WorkersCommand implements Callable<Integer> {

    private static final int SHOWN_JOBS = 3;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "One list on standard output.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        RunningSystem system = RunningSystem.require(data.folder());
        List<WorkerStatus> workers = read(PartsConfiguration.load(system.data().partsFile()));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(workers));
        } else {
            table(workers).lines().forEach(out::println);
        }
        out.flush();
        return 0;
    }

    private static List<WorkerStatus> read(PartsConfiguration parts) {
        try (Shards shards = Shards.open(parts, new JobTypes(List.of()), DirectSubmission.NONE)) {
            return new WorkerList(shards).read();
        } catch (SQLException e) {
            throw new OpsException("PostgreSQL does not answer (" + OneLine.of(e) + "): see its log, or try again.", e);
        }
    }

    private static TextTable table(List<WorkerStatus> workers) {
        TextTable table = new TextTable("host", "pid", "does", "state", "busy", "per s", "beat", "jobs");
        for (WorkerStatus worker : workers) {
            table.row(
                    worker.host(),
                    worker.pid(),
                    worker.alone() ? "alone" : String.join(" ", worker.types()),
                    worker.state(),
                    Math.min(worker.jobs().size(), worker.threads()) + "/" + worker.threads(),
                    perSecond(worker),
                    String.format(Locale.ROOT, "%.1f s ago", worker.beatSecondsAgo()),
                    jobs(worker.jobs()));
        }
        return table;
    }

    private static String perSecond(WorkerStatus worker) {
        double rate = worker.lastMinute().values().stream()
                .mapToDouble(Lately::throughput)
                .sum();
        return rate == 0 ? DurationText.NONE : String.format(Locale.ROOT, "%.1f", rate);
    }

    private static String jobs(List<CurrentJob> jobs) {
        List<String> shown = jobs.stream()
                .limit(SHOWN_JOBS)
                .map(job -> String.format(Locale.ROOT, "%d for %.1f s", job.id(), job.seconds()))
                .toList();
        String more = jobs.size() > SHOWN_JOBS ? " and " + (jobs.size() - SHOWN_JOBS) + " more" : "";
        return String.join(", ", shown) + more;
    }
}
