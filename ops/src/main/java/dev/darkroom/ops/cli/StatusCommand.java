package dev.darkroom.ops.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "status", mixinStandardHelpOptions = true, description = "Show what is up and how the queues are.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "One object on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        return json && data.folder() == null ? 1 : 0;
    }
}
