package dev.darkroom.ops.failures;

import dev.darkroom.jobs.failures.FailureGroup;
import dev.darkroom.jobs.failures.FailureGroups;
import dev.darkroom.ops.system.LedgersOption;
import dev.darkroom.ops.terminal.Json;
import dev.darkroom.ops.terminal.TextTable;
import dev.darkroom.shards.Shards;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code failed groups}: why jobs failed. */
@Command(
        name = "groups",
        mixinStandardHelpOptions = true,
        description = "Show the causes of failures, those with most jobs first.")
final class GroupsCommand implements Runnable {

    @Mixin
    private LedgersOption ledgers = new LedgersOption();

    @Option(names = "--type", paramLabel = "TYPE", description = "Only jobs of this type.")
    private @Nullable String type;

    @Option(names = "--json", description = "One object a line on standard output.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        try (Shards shards = ledgers.open()) {
            List<FailureGroup> groups = new FailureGroups(LedgersOption.ledgers(shards)).list(type, null);
            if (json) {
                groups.forEach(group -> out.println(Json.text(FailureLines.members(group))));
            } else if (groups.isEmpty()) {
                out.println("No job has failed.");
            } else {
                table(groups).lines().forEach(out::println);
            }
        }
        out.flush();
    }

    private static TextTable table(List<FailureGroup> groups) {
        TextTable table =
                new TextTable("group", "jobs", "types", "lanes", "first", "last", "sample").text("types", "sample");
        for (FailureGroup group : groups) {
            table.row(
                    group.fingerprint(),
                    group.jobs(),
                    String.join(", ", group.types().keySet().stream().sorted().toList()),
                    FailureLines.lanes(group),
                    FailureLines.time(group.firstAt()),
                    FailureLines.time(group.lastAt()),
                    FailureLines.message(
                            group.sample().errorClass(), group.sample().message()));
        }
        return table;
    }
}
