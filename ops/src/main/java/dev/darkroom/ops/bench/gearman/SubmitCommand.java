package dev.darkroom.ops.bench.gearman;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bench submit}: how fast one client submits. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = {
            "Submits N background jobs with unique keys over one connection, pipelined, through the client: one by one, each with"
                    + " a future, and 500 by a call.",
            "Rounds alternate with the same by bare blocking sockets; each job is checked to have been handed out once.",
            "Starts a gearmand of its own on a free port unless told otherwise."
        })
public final class SubmitCommand implements Callable<Integer> {

    @Mixin
    private GearmanOptions options = new GearmanOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        options.check();
        try (GearmanBench bench = GearmanBench.start(options)) {
            spec.commandLine().getErr().println("measuring with " + bench.description());
            GearmanReport report = new GearmanReport(options, bench.description());
            report.add("submit, one by one", "submit", bench.measure("submit", options));
            report.add("submit, 500 by a call", "submit_together", bench.measure("submit_together", options));
            if (options.json) {
                spec.commandLine().getOut().println(report.json());
            } else {
                report.lines().forEach(spec.commandLine().getOut()::println);
            }
        }
        return CommandLine.ExitCode.OK;
    }
}
