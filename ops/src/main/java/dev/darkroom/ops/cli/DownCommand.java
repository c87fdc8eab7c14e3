package dev.darkroom.ops.cli;

import dev.darkroom.ops.system.DataFolder;
import dev.darkroom.ops.system.DataOption;
import dev.darkroom.ops.system.RunningSystem;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops a system from outside. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stop the system that runs on the data folder, and wait until nothing of it is left. Running jobs"
                + " are finished or given back first.")
final class DownCommand implements Callable<Integer> {

    @Mixin
    private DataOption data = new DataOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        DataFolder folder = data.folder();
        spec.commandLine()
                .getOut()
                .println(
                        RunningSystem.stop(folder)
                                ? "stopped what ran on " + folder.path()
                                : "nothing runs on " + folder.path());
        return 0;
    }
}
