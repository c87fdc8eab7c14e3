package dev.darkroom.ops.schedules;

import dev.darkroom.jobs.schedule.ScheduleStore;
import picocli.CommandLine.Command;

/** Lets one schedule go on. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Go on with the next time of a paused schedule. What passed meanwhile is not made up for.")
final class ResumeCommand extends ScheduleChange {

    @Override
    boolean change(ScheduleStore store, String schedule, String by) {
        return store.resume(schedule);
    }

    @Override
    String done(String schedule) {
        return schedule + " goes on with its next time: see 'schedules list'";
    }

    @Override
    String wasSo(String schedule) {
        return schedule + " was not paused";
    }
}
