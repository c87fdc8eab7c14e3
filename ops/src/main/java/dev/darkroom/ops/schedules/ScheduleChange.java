package dev.darkroom.ops.schedules;

import dev.darkroom.jobs.schedule.ScheduleStore;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that sets something of one schedule. Doing so again is no failure. */
abstract class ScheduleChange implements Callable<Integer> {

    @Mixin
    private ScheduleAccess access = new ScheduleAccess();

    @Parameters(paramLabel = "NAME", description = "The schedule, as 'schedules list' shows it.")
    private String name = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What {@code --json} prints; {@code changed} is false where it was so already. */
    private record Change(String schedule, boolean changed) {}

    /** Returns false where it was so already. */
    abstract boolean change(ScheduleStore store, String schedule, String by);

    abstract String done(String schedule);

    abstract String wasSo(String schedule);

    @Override
    public final Integer call() {
        boolean changed = access.with(store -> change(store, name, System.getProperty("user.name", "somebody")));
        PrintWriter out = spec.commandLine().getOut();
        if (access.isJson()) {
            out.println(ScheduleAccess.json(new Change(name, changed)));
        } else {
            out.println(changed ? done(name) : wasSo(name));
        }
        out.flush();
        return 0;
    }
}
