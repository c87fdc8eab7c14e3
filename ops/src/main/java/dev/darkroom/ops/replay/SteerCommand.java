package dev.darkroom.ops.replay;

import dev.darkroom.jobs.replay.Replays;
import dev.darkroom.ops.system.LedgersOption;
import dev.darkroom.shards.Shards;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What changes a replay's course. */
abstract class SteerCommand implements Runnable {

    @Mixin
    private LedgersOption ledgers = new LedgersOption();

    @Parameters(paramLabel = "REPLAY", description = "The replay's number.")
    private long replay;

    @Option(names = "--by", paramLabel = "NAME", description = "Who wants it (default: this machine's user).")
    private String by = System.getProperty("user.name");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    abstract String steer(Replays replays, long id, String actor);

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        try (Shards shards = ledgers.open()) {
            out.println(steer(new Replays(shards.directory().source(), LedgersOption.ledgers(shards)), replay, by));
        }
        out.flush();
    }

    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Move no more jobs until somebody resumes. Those moved already go on.")
    static final class Pause extends SteerCommand {
        @Override
        String steer(Replays replays, long id, String actor) {
            replays.pause(id, actor);
            return "Replay " + id + " is paused: 'darkroom replay resume " + id + "' goes on.";
        }
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Go on with a paused replay, or with one that its canary has stopped: then without a canary.")
    static final class Resume extends SteerCommand {
        @Override
        String steer(Replays replays, long id, String actor) {
            replays.resume(id, actor);
            return "Replay " + id + " goes on.";
        }
    }

    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description = "End a replay: what it has not moved stays failed. Those moved already go on.")
    static final class Cancel extends SteerCommand {
        @Override
        String steer(Replays replays, long id, String actor) {
            replays.cancel(id, actor);
            return "Replay " + id + " is cancelled; what it has not moved stays failed.";
        }
    }
}
