package dev.darkroom.ops.bench.gearman;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bench handout}: how fast workers get and complete jobs. */
@Command(
        name = "handout",
        mixinStandardHelpOptions = true,
        description = {
            "Eight workers of one connection and 16 jobs in flight each get and complete N no-op jobs: once from a full"
                    + " queue, and once while the same jobs are submitted over one connection.",
            "Rounds alternate with the same by bare blocking sockets; each job is checked to have been handed out once.",
            "Starts a gearmand of its own on a free port unless told otherwise."
        })
public final class HandoutCommand implements Callable<Integer> {

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
            report.add("hand-out", "handout", bench.measure("handout", options));
            report.add("while submitting", "while_submitting", bench.measure("both", options));
            if (options.json) {
                spec.commandLine().getOut().println(report.json());
            } else {
                report.lines().forEach(spec.commandLine().getOut()::println);
            }
        }
        return CommandLine.ExitCode.OK;
    }
}
