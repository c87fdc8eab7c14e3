package dev.darkroom.ops.cli;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.admin.FunctionStatus;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.ops.pools.TypeFigures;
import dev.darkroom.ops.pools.TypeStatus;
import dev.darkroom.ops.system.DataOption;
import dev.darkroom.ops.system.OneLine;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.ops.system.RunningSystem;
import dev.darkroom.ops.terminal.Json;
import dev.darkroom.shards.Shards;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a running system from outside: its processes, its job servers, its queues. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Show which parts are up and how each job type is doing.",
            "",
            "waiting: jobs due and not done; later: due later; flight: handed to the job server; per s: done in the last"
                    + " minute; failed: out of attempts, waiting for a person.",
            "oldest: how long the oldest has been due; wait and run: half of the jobs of the last minute, or all but one"
                    + " in a hundred, waited and ran no longer; worst lane: how long its next job has been due; probe: how"
                    + " long a job that does nothing took from the ledger to a worker and back."
        })
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "One object on standard output.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * What {@code --json} prints.
     *
     * @param parts whether each process runs
     * @param jobServers jobs, running jobs and connected workers by function of each server; null when it does not answer
     */
    private record Status(
            @Nullable String api,
            Map<String, Boolean> parts,
            Map<String, @Nullable Map<String, FunctionStatus>> jobServers,
            Collection<TypeStatus> types) {}

    @Override
    public Integer call() {
        RunningSystem system = RunningSystem.require(data.folder());
        PartsConfiguration parts = PartsConfiguration.load(system.data().partsFile());
        Status status = new Status(system.state().api(), system.parts(), jobServers(parts), types(parts));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(status));
        } else {
            lines(status).forEach(out::println);
        }
        out.flush();
        return status.parts().containsValue(false) ? 1 : 0;
    }

    private static Map<String, @Nullable Map<String, FunctionStatus>> jobServers(PartsConfiguration parts) {
        Map<String, @Nullable Map<String, FunctionStatus>> servers = new TreeMap<>();
        for (String address : parts.gearman().servers()) {
            try (GearmanAdmin admin = new GearmanAdmin(ServerAddress.parse(address))) {
                servers.put(address, admin.status());
            } catch (GearmanException e) {
                servers.put(address, null);
            }
        }
        return servers;
    }

    private static Collection<TypeStatus> types(PartsConfiguration parts) {
        try (Shards shards = Shards.open(parts, new JobTypes(List.of()), DirectSubmission.NONE)) {
            return new TypeFigures(shards).read();
        } catch (SQLException e) {
            throw new OpsException("PostgreSQL does not answer (" + OneLine.of(e) + "): see its log, or try again.", e);
        }
    }

    private static List<String> lines(Status status) {
        return Stream.concat(
                        Stream.of(
                                "api " + status.api(),
                                "up: " + names(status, true),
                                down(status),
                                jobServers(status),
                                ""),
                        TypeTables.lines(status.types()).stream())
                .toList();
    }

    private static String down(Status status) {
        return "down: " + (status.parts().containsValue(false) ? names(status, false) : "nothing");
    }

    private static String names(Status status, boolean up) {
        return status.parts().entrySet().stream()
                .filter(part -> part.getValue() == up)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    private static String jobServers(Status status) {
        return status.jobServers().entrySet().stream()
                .map(server -> "job server " + server.getKey() + ": " + describe(server.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String describe(@Nullable Map<String, FunctionStatus> functions) {
        if (functions == null) {
            return "does not answer";
        }
        long jobs = functions.values().stream().mapToLong(FunctionStatus::total).sum();
        long running =
                functions.values().stream().mapToLong(FunctionStatus::running).sum();
        return jobs + " jobs, " + running + " of them running, " + functions.size() + " types";
    }
}
