package dev.darkroom.ops.cli;

import dev.darkroom.ops.bench.BenchCommand;
import dev.darkroom.ops.failures.FailedCommand;
import dev.darkroom.ops.handout.BreakersCommand;
import dev.darkroom.ops.handout.LimitsCommand;
import dev.darkroom.ops.killtest.KillTestCommand;
import dev.darkroom.ops.replay.ReplayCommand;
import dev.darkroom.ops.schedules.SchedulesCommand;
import dev.darkroom.ops.system.OneLine;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line, {@code ops/darkroom}. Failures are told in one line; exit code 1 for those, 2 for wrong arguments. */
@Command(
        name = "darkroom",
        description = "A photo network's back end, built around its job queue.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            WorkersCommand.class,
            LanesCommand.class,
            SchedulesCommand.class,
            FailedCommand.class,
            ReplayCommand.class,
            DemoCommand.class,
            BreakersCommand.class,
            LimitsCommand.class,
            BenchCommand.class,
            KillTestCommand.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "'darkroom help COMMAND' says more. With DARKROOM_TRACE=1 in the environment a failure shows where it"
                    + " came from."
        })
public final class Main {

    private static final String TRACE = "DARKROOM_TRACE";

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Returns the exit code. */
    public static int run(String[] arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main())
                .setParameterExceptionHandler(Main::explainUse)
                .setExecutionExceptionHandler(Main::explainFailure)
                .setCaseInsensitiveEnumValuesAllowed(true);
        line.getSubcommands().values().forEach(Main::helpEverywhere);
        return line;
    }

    private static void helpEverywhere(CommandLine command) {
        if (!(command.getCommand() instanceof HelpCommand)) {
            command.getCommandSpec().versionProvider(new Version());
        }
    }

    private static int explainUse(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr()
                .println("darkroom: " + use(failure) + " See 'darkroom help"
                        + (command.getParent() == null ? "" : " " + command.getCommandName()) + "'.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String use(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            List<String> nearest = unmatched.getSuggestions();
            String what = word.startsWith("-") ? "there is no option '" : "there is no command '";
            return what + word + "'" + (nearest.isEmpty() ? "." : ": did you mean '" + nearest.get(0) + "'?");
        }
        return OneLine.of(failure) + ".";
    }

    private static int explainFailure(Exception failure, CommandLine command, ParseResult parsed) {
        command.getErr().println("darkroom: " + OneLine.of(failure));
        if (System.getenv(TRACE) != null) {
            failure.printStackTrace(command.getErr());
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** What the manifest of the jar says. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "darkroom " + (version == null ? "development" : version),
                "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
            };
        }
    }
}
