package dev.darkroom.ops.failures;

import dev.darkroom.jobs.failures.DiscardFailures;
import dev.darkroom.jobs.failures.FailureFilter;
import dev.darkroom.jobs.failures.FailureSelection;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.ops.system.LedgersOption;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.ops.terminal.Json;
import dev.darkroom.ops.terminal.Progress;
import dev.darkroom.shards.Shards;
import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code failed discard}: gives failed jobs up for good. */
@Command(
        name = "discard",
        mixinStandardHelpOptions = true,
        description = {
            "Discard failed jobs for good. What fails meanwhile stays. Who did it, and how many, is kept.",
            "Export them first if they may be needed: there is no way back."
        })
final class DiscardCommand implements Runnable {

    @Mixin
    private LedgersOption ledgers = new LedgersOption();

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

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
            List<FailureSelection.Group> groups = FailureSelection.of(all, which);
            long count = groups.stream().mapToLong(FailureSelection.Group::jobs).sum();
            if (dryRun) {
                SelectionLines.print(out, groups, json);
            } else if (count > 0) {
                confirm(count);
                long gone = discard(all, which, count);
                out.println(json ? Json.text(Map.of("discarded", gone)) : gone + " failed jobs discarded.");
            } else {
                out.println(json ? Json.text(Map.of("discarded", 0)) : "No failed job matches.");
            }
        }
        out.flush();
    }

    private long discard(List<Ledger> all, FailureFilter which, long count) {
        try (Progress.Bar progress = new Progress(System.err).begin("discard", count)) {
            return new DiscardFailures(all).discard(which, by, progress::step);
        }
    }

    @SuppressWarnings("SystemConsoleNull") // Where a later Java gives a console without a terminal, its answer is null.
    private void confirm(long count) {
        if (yes) {
            return;
        }
        Console console = System.console();
        String answer = console == null ? null : console.readLine("Discard %d failed jobs for good? [y/N] ", count);
        if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
            throw new OpsException(
                    "Nothing was discarded" + (console == null ? ": nobody can be asked, so say --yes." : "."));
        }
    }
}
