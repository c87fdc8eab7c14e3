package dev.darkroom.ops.replay;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.replay.Replay;
import dev.darkroom.jobs.replay.ReplayReports;
import dev.darkroom.jobs.replay.ReplayState;
import dev.darkroom.ops.system.LedgersOption;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.ops.terminal.Json;
import dev.darkroom.ops.terminal.Progress;
import dev.darkroom.shards.Shards;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay watch}: follows a replay until its end. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {
            "Follow a replay until it has ended or stopped. Ending this command does not touch the replay.",
            "Exit code 0 when it has finished, 1 when it was stopped or cancelled."
        })
final class WatchCommand implements Callable<Integer> {

    private static final Duration EVERY = Duration.ofMillis(500);

    @Mixin
    private LedgersOption ledgers = new LedgersOption();

    @Parameters(paramLabel = "REPLAY", description = "The replay's number.")
    private long id;

    @Option(names = "--json", description = "One object on standard output for each change.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        try (Shards shards = ledgers.open()) {
            ReplayReports reports = new ReplayReports(shards.directory().source(), LedgersOption.ledgers(shards));
            Replay replay = follow(reports);
            if (!json) {
                spec.commandLine().getErr().println(end(replay));
            }
            return replay.state() == ReplayState.FINISHED ? 0 : 1;
        }
    }

    private Replay follow(ReplayReports reports) throws InterruptedException {
        Replay replay = find(reports);
        try (Progress.Bar bar = json
                ? null
                : new Progress(System.err)
                        .begin("replay " + id, replay.progress().selected())) {
            Replay shown = null;
            while (true) {
                if (bar != null) {
                    bar.at(
                            replay.progress().moved() - replay.progress().waiting(),
                            replay.progress().selected(),
                            replay.state().code() + ", " + ReplayLines.aside(replay.progress()));
                } else if (!replay.equals(shown)) {
                    PrintWriter out = spec.commandLine().getOut();
                    out.println(Json.text(ReplayLines.members(replay)));
                    out.flush();
                    shown = replay;
                }
                if (replay.endedAt() != null || replay.state() == ReplayState.STOPPED) {
                    return replay;
                }
                Pause.SLEEP.pause(EVERY);
                replay = find(reports);
            }
        }
    }

    private Replay find(ReplayReports reports) {
        return reports.find(id).orElseThrow(() -> new OpsException("There is no replay " + id + "."));
    }

    private String end(Replay replay) {
        String counts =
                ReplayLines.aside(replay.progress()) + ", " + replay.progress().left() + " left";
        return switch (replay.state()) {
            case STOPPED ->
                "Its canary has stopped replay " + id + ": " + replay.reason() + ". " + counts
                        + ". 'darkroom replay resume " + id
                        + "' goes on all the same, 'cancel' leaves the rest failed.";
            case CANCELLED -> "Replay " + id + " was cancelled: " + counts + ".";
            default -> "Replay " + id + " has finished: " + counts + ". 'darkroom replay show " + id + "' says more.";
        };
    }
}
