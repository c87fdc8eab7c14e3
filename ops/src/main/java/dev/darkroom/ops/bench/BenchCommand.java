package dev.darkroom.ops.bench;

import dev.darkroom.ops.bench.enqueue.EnqueueCommand;
import dev.darkroom.ops.bench.failures.FailuresCommand;
import dev.darkroom.ops.bench.fanout.FanOutCommand;
import dev.darkroom.ops.bench.features.FeaturesCommand;
import dev.darkroom.ops.bench.gearman.HandoutCommand;
import dev.darkroom.ops.bench.gearman.SubmitCommand;
import dev.darkroom.ops.bench.jobs.JobsCommand;
import dev.darkroom.ops.bench.sustained.SustainedCommand;
import dev.darkroom.ops.bench.waiting.WaitingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of the benchmarks; does nothing by itself. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure, each beside a reference measured in the same run.",
        subcommands = {
            JobsCommand.class,
            EnqueueCommand.class,
            WaitingCommand.class,
            SubmitCommand.class,
            HandoutCommand.class,
            FailuresCommand.class,
            FanOutCommand.class,
            SustainedCommand.class,
            FeaturesCommand.class
        })
public final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a benchmark");
    }
}
