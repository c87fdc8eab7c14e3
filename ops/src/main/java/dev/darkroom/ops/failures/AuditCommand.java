package dev.darkroom.ops.failures;

import dev.darkroom.jobs.failures.AuditLog;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.replay.ReplayReports;
import dev.darkroom.ops.system.LedgersOption;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.ops.terminal.Json;
import dev.darkroom.ops.terminal.TextTable;
import dev.darkroom.shards.Shards;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code failed audit}: who did what to failed jobs. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Show who discarded, exported or replayed failed jobs, when, by which filter and how many, the newest first.",
            "A discard or an export has a line for each database, and no end where it goes on or was cut short.",
            "Who paused, resumed or cancelled a replay: 'darkroom replay show'."
        })
final class AuditCommand implements Runnable {

    private static final int MOST = 10_000;

    @Mixin
    private LedgersOption ledgers = new LedgersOption();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many, 1 to 10,000 (default: ${DEFAULT-VALUE}).")
    private int limit = 50;

    @Option(names = "--json", description = "One object a line on standard output.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        if (limit < 1 || limit > MOST) {
            throw new OpsException("--limit is 1 to " + MOST + ", not " + limit + ".");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Shards shards = ledgers.open()) {
            List<Deed> deeds = deeds(shards);
            if (json) {
                deeds.forEach(deed -> out.println(Json.text(deed.members())));
            } else if (deeds.isEmpty()) {
                out.println("Nobody has discarded, exported or replayed anything.");
            } else {
                table(deeds).lines().forEach(out::println);
            }
        }
        out.flush();
    }

    private List<Deed> deeds(Shards shards) {
        List<Ledger> all = LedgersOption.ledgers(shards);
        return Stream.concat(
                        new AuditLog(all).last(limit).stream().map(Deed::of),
                        new ReplayReports(shards.directory().source(), all)
                                .last(limit).stream().map(Deed::of))
                .sorted(Comparator.comparing(Deed::at).reversed())
                .limit(limit)
                .toList();
    }

    private static TextTable table(List<Deed> deeds) {
        TextTable table = new TextTable("when", "who", "what", "jobs", "database", "ended", "filter")
                .text("who", "what", "filter");
        for (Deed deed : deeds) {
            table.row(
                    FailureLines.time(deed.at()),
                    deed.actor(),
                    deed.replay() == null ? deed.action() : deed.action() + " " + deed.replay(),
                    deed.jobs(),
                    deed.database() == null ? "all" : deed.database(),
                    FailureLines.time(deed.endedAt()),
                    FailureLines.filter(deed.filter()));
        }
        return table;
    }
}
