package dev.darkroom.ops.cli;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.ops.pools.LaneList;
import dev.darkroom.ops.pools.LaneRow;
import dev.darkroom.ops.system.DataOption;
import dev.darkroom.ops.system.OneLine;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.ops.system.RunningSystem;
import dev.darkroom.ops.terminal.Json;
import dev.darkroom.shards.Shards;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows those lanes of a running system that are worth a look. */
@Command(
        name = "lanes",
        mixinStandardHelpOptions = true,
        description = {
            "Show the lanes that wait longest, are busiest or fail most.",
            "",
            "oldest: how long its next job has been due; flight: handed to the job server by a relay; wait and run: half of"
                    + " the jobs of the last minute, or all but one in a hundred, waited and ran no longer; per s, retried,"
                    + " failed: of the last minute; -: not known of this lane, or nothing to tell.",
            "There may be millions of lanes, so only some of each type are told of; the others together are '(all others)'."
        })
final class LanesCommand implements Callable<Integer> {

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(index = "0", arity = "0..1", paramLabel = "TYPE", description = "Only lanes of this job type.")
    private @Nullable String type;

    @Option(names = "--json", description = "One list on standard output.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        RunningSystem system = RunningSystem.require(data.folder());
        List<LaneRow> rows = read(PartsConfiguration.load(system.data().partsFile())).stream()
                .filter(row -> type == null || row.type().equals(type))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(rows));
        } else {
            LaneTable.lines(rows, type).forEach(out::println);
        }
        out.flush();
        return 0;
    }

    private static List<LaneRow> read(PartsConfiguration parts) {
        try (Shards shards = Shards.open(parts, new JobTypes(List.of()), DirectSubmission.NONE)) {
            return new LaneList(shards).read();
        } catch (SQLException e) {
            throw new OpsException("PostgreSQL does not answer (" + OneLine.of(e) + "): see its log, or try again.", e);
        }
    }
}
