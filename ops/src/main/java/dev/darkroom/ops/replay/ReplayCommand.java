package dev.darkroom.ops.replay;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code replay}: has failed jobs done after all. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Have failed jobs done after all, and watch what becomes of them.",
            "",
            "A replay is done by the relays and survives every process; this command only gives orders."
        },
        subcommands = {
            StartCommand.class,
            ListCommand.class,
            ShowCommand.class,
            WatchCommand.class,
            SteerCommand.Pause.class,
            SteerCommand.Resume.class,
            SteerCommand.Cancel.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class ReplayCommand {}
