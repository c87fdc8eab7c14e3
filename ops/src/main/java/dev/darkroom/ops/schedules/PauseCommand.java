package dev.darkroom.ops.schedules;

import dev.darkroom.jobs.schedule.ScheduleStore;
import picocli.CommandLine.Command;

/** Stops one schedule for a while. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description =
                "Let the times of a schedule pass until it is resumed. Outlives restarts and new versions of the program.")
final class PauseCommand extends ScheduleChange {

    @Override
    boolean change(ScheduleStore store, String schedule, String by) {
        return store.pause(schedule, by);
    }

    @Override
    String done(String schedule) {
        return schedule + " is paused: its times pass until 'schedules resume " + schedule + "'";
    }

    @Override
    String wasSo(String schedule) {
        return schedule + " was paused already";
    }
}
