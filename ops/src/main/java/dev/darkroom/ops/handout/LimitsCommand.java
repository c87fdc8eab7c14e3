package dev.darkroom.ops.handout;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of what can be done with limits; does nothing by itself. */
@Command(
        name = "limits",
        mixinStandardHelpOptions = true,
        description = {
            "Show and set how much of a job type goes out, over all workers and all databases.",
            "",
            "The types' code says what holds; what is set here goes before it and outlives restarts and new versions."
        },
        subcommands = {LimitListCommand.class, LimitSetCommand.class})
public final class LimitsCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: list or set");
    }
}
