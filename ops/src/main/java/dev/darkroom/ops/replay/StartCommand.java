package dev.darkroom.ops.replay;

import dev.darkroom.jobs.failures.FailureFilter;
import dev.darkroom.jobs.failures.FailureSelection;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.replay.ReplayPace;
import dev.darkroom.jobs.replay.Replays;
import dev.darkroom.ops.failures.FilterOptions;
import dev.darkroom.ops.failures.SelectionLines;
import dev.darkroom.ops.system.LedgersOption;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.ops.terminal.Json;
import dev.darkroom.shards.Shards;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay start}. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = {
            "Put the failed jobs that match back to waiting, with fresh attempts. What fails later is not taken.",
            "",
            "First a canary: some jobs of each cause. If too many of its first attempts fail, or take much longer than the"
                    + " type usually does, the replay stops and says why."
        })
final class StartCommand implements Runnable {

    @Mixin
    private LedgersOption ledgers = new LedgersOption();

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "At most so many jobs a second, 0 for as fast as it goes (default: ${DEFAULT-VALUE}).")
    private double rate = ReplayPace.DEFAULT.rate();

    @Option(
            names = "--canary",
            paramLabel = "PERCENT",
            description = "So much of each cause first, at least 5 jobs of it; 0 for none (default: ${DEFAULT-VALUE}).")
    private double canary = ReplayPace.DEFAULT.canaryPercent();

    @Option(
            names = "--outstanding",
            paramLabel = "N",
            description = "Move no more while so many have not ended in a database: a pause does not call them back"
                    + " (default: ${DEFAULT-VALUE}).")
    private long outstanding = ReplayPace.DEFAULT.outstanding();

    @Option(names = "--dry-run", description = "Only say how many jobs of which causes match.")
    private boolean dryRun;

    @Option(names = "--by", paramLabel = "NAME", description = "Who wants it (default: this machine's user).")
    private String by = System.getProperty("user.name");

    @Option(names = "--json", description = "One object on standard output.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        try (Shards shards = ledgers.open()) {
            List<Ledger> all = LedgersOption.ledgers(shards);
            FailureFilter which = filter.filter(shards);
            if (dryRun) {
                SelectionLines.print(out, FailureSelection.of(all, which), json);
            } else {
                long id = new Replays(shards.directory().source(), all).start(which, pace(), by);
                out.println(
                        json
                                ? Json.text(Map.of("replay", id))
                                : "Replay " + id + " has begun: 'darkroom replay watch " + id + "'.");
            }
        }
        out.flush();
    }

    private ReplayPace pace() {
        try {
            return new ReplayPace(rate == 0 ? ReplayPace.UNLIMITED : rate, canary, outstanding);
        } catch (IllegalArgumentException e) {
            throw new OpsException(e.getMessage() + ".", e);
        }
    }
}
