package dev.darkroom.ops.replay;

import dev.darkroom.jobs.replay.Replay;
import dev.darkroom.jobs.replay.ReplayProgress;
import dev.darkroom.jobs.replay.ReplayReports;
import dev.darkroom.ops.failures.FailureLines;
import dev.darkroom.ops.system.LedgersOption;
import dev.darkroom.ops.terminal.Json;
import dev.darkroom.ops.terminal.TextTable;
import dev.darkroom.shards.Shards;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "List replays, the newest first.")
final class ListCommand implements Runnable {

    @Mixin
    private LedgersOption ledgers = new LedgersOption();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--json", description = "One object a line on standard output.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        try (Shards shards = ledgers.open()) {
            List<Replay> replays = new ReplayReports(shards.directory().source(), LedgersOption.ledgers(shards))
                    .last(Math.max(1, limit));
            if (json) {
                replays.forEach(replay -> out.println(Json.text(ReplayLines.members(replay))));
            } else if (replays.isEmpty()) {
                out.println("There has been no replay.");
            } else {
                table(replays).lines().forEach(out::println);
            }
        }
        out.flush();
    }

    private static TextTable table(List<Replay> replays) {
        TextTable table = new TextTable(
                        "replay", "state", "started", "by", "selected", "moved", "done", "failed", "left", "filter")
                .text("state", "by", "filter");
        for (Replay replay : replays) {
            ReplayProgress progress = replay.progress();
            table.row(
                    replay.id(),
                    replay.state().code(),
                    FailureLines.time(replay.order().at()),
                    replay.order().by(),
                    progress.selected(),
                    progress.moved(),
                    progress.done(),
                    progress.failed(),
                    progress.left(),
                    ReplayLines.filter(replay));
        }
        return table;
    }
}
