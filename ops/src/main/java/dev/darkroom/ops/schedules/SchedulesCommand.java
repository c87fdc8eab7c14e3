package dev.darkroom.ops.schedules;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of what can be done with schedules; does nothing by itself. */
@Command(
        name = "schedules",
        mixinStandardHelpOptions = true,
        description = {
            "Show and set what is enqueued again and again.",
            "",
            "Which schedules there are, and when they are due, says the program; what is set here outlives restarts."
        },
        subcommands = {ListCommand.class, PauseCommand.class, ResumeCommand.class, RunNowCommand.class})
public final class SchedulesCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: list, pause, resume or run-now");
    }
}
