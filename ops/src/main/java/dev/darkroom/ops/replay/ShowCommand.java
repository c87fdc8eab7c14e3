package dev.darkroom.ops.replay;

import dev.darkroom.jobs.replay.Replay;
import dev.darkroom.jobs.replay.ReplayProgress;
import dev.darkroom.jobs.replay.ReplayReports;
import dev.darkroom.jobs.replay.ReplayedJob;
import dev.darkroom.ops.failures.FailureLines;
import dev.darkroom.ops.system.LedgersOption;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.ops.terminal.Json;
import dev.darkroom.ops.terminal.TextTable;
import dev.darkroom.shards.Shards;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay show}: how a replay stands, and what became of its jobs. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show how a replay stands: its counts, what failed again and with which cause, who did what.")
final class ShowCommand implements Runnable {

    @Mixin
    private LedgersOption ledgers = new LedgersOption();

    @Parameters(paramLabel = "REPLAY", description = "The replay's number.")
    private long id;

    @Option(names = "--jobs", paramLabel = "N", description = "Also what became of up to N jobs of each database.")
    private int jobs;

    @Option(names = "--after", paramLabel = "JOB", description = "With --jobs: only those behind this number.")
    private long after;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "With --jobs: only those that are waiting, done, failed, discarded or superseded.")
    private @Nullable String state;

    @Option(names = "--json", description = "One object on standard output.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        try (Shards shards = ledgers.open()) {
            ReplayReports reports = new ReplayReports(shards.directory().source(), LedgersOption.ledgers(shards));
            Replay replay = reports.find(id).orElseThrow(() -> new OpsException("There is no replay " + id + "."));
            List<ReplayedJob> replayed = jobs > 0 ? reports.jobs(id, state, after, jobs) : List.of();
            if (json) {
                out.println(Json.text(members(reports, replay, replayed)));
            } else {
                print(out, reports, replay, replayed);
            }
        }
        out.flush();
    }

    private Map<String, @Nullable Object> members(ReplayReports reports, Replay replay, List<ReplayedJob> replayed) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(ReplayLines.members(replay));
        members.put("failed_again", reports.failedAgain(id));
        if (jobs > 0) {
            members.put("jobs", replayed.stream().map(ReplayLines::members).toList());
        }
        return members;
    }

    private void print(PrintWriter out, ReplayReports reports, Replay replay, List<ReplayedJob> replayed) {
        ReplayProgress progress = replay.progress();
        out.println("replay      " + id + ", " + replay.state().code()
                + (replay.endedAt() == null ? "" : " since " + FailureLines.time(replay.endedAt())));
        if (replay.reason() != null) {
            out.println("stopped     " + replay.reason());
        }
        out.println("filter      " + ReplayLines.filter(replay));
        out.println("pace        " + ReplayLines.rate(replay) + ", canary "
                + ReplayLines.number(replay.order().canaryPercent()) + " %");
        out.println();
        out.printf("%10d  selected%n", progress.selected());
        out.printf("%10d  left: still failed, to be moved%n", progress.left());
        out.printf("%10d  missing: discarded or replayed by others before their turn%n", progress.missing());
        out.printf("%10d  moved, of these:%n", progress.moved());
        out.printf("%14d  waiting or running%n", progress.waiting());
        out.printf("%14d  done%n", progress.done());
        out.printf("%14d  failed again%n", progress.failed());
        out.printf("%14d  discarded%n", progress.discarded());
        out.printf("%14d  superseded by an equal job%n", progress.superseded());
        reports.failedAgain(id)
                .forEach((fingerprint, count) -> out.println("failed again: " + count + " of group " + fingerprint
                        + " ('darkroom failed list --group " + fingerprint + "')"));
        out.println();
        reports.acts(id)
                .forEach(act -> out.println(FailureLines.time(act.at()) + "  " + act.actor() + ": " + act.action()
                        + (act.note() == null ? "" : " (" + act.note() + ")")));
        if (jobs > 0) {
            out.println();
            table(replayed).lines().forEach(out::println);
        }
    }

    private static TextTable table(List<ReplayedJob> jobs) {
        TextTable table = new TextTable("job", "type", "state", "failed with", "cause before", "tries before", "canary")
                .text("type", "state", "failed with");
        for (ReplayedJob job : jobs) {
            table.row(
                    job.job(),
                    job.type(),
                    job.state(),
                    Objects.requireNonNullElse(job.fingerprint(), ""),
                    job.cause(),
                    job.attempts(),
                    job.canary() ? "yes" : "");
        }
        return table;
    }
}
