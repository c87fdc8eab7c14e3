package dev.darkroom.ops.failures;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code failed}: what can be done with failed jobs. */
@Command(
        name = "failed",
        mixinStandardHelpOptions = true,
        description = {
            "Look at failed jobs, export and discard them. They wait until somebody decides.",
            "",
            "To have them done after all: 'darkroom replay start', with the same filters."
        },
        subcommands = {
            GroupsCommand.class,
            ListCommand.class,
            ShowCommand.class,
            ExportCommand.class,
            DiscardCommand.class,
            AuditCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class FailedCommand {}
