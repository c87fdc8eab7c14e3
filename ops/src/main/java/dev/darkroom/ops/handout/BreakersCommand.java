package dev.darkroom.ops.handout;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of what can be done with breakers; does nothing by itself. */
@Command(
        name = "breakers",
        mixinStandardHelpOptions = true,
        description = {
            "Show and set which lanes are held back because what they call cannot be reached.",
            "",
            "A lane opens by itself after a run of outcomes that met nobody, if its type has a breaker; its jobs wait without"
                    + " using attempts. What is set by hand goes before, for any type, until 'breakers auto'."
        },
        subcommands = {
            BreakerListCommand.class,
            BreakerChange.Open.class,
            BreakerChange.Close.class,
            BreakerChange.Auto.class
        })
public final class BreakersCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: list, open, close or auto");
    }
}
