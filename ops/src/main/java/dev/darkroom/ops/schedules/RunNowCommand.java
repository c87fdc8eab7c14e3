package dev.darkroom.ops.schedules;

import dev.darkroom.jobs.schedule.ScheduleStore;
import picocli.CommandLine.Command;

/** Has one schedule enqueue a job at once. */
@Command(
        name = "run-now",
        mixinStandardHelpOptions = true,
        description = "Have a schedule, paused or not, enqueue one job at once. Its times stay as they are.")
final class RunNowCommand extends ScheduleChange {

    @Override
    boolean change(ScheduleStore store, String schedule, String by) {
        return store.runNow(schedule, by);
    }

    @Override
    String done(String schedule) {
        return schedule + " enqueues a job as soon as a relay sees it, which takes a second if one runs";
    }

    @Override
    String wasSo(String schedule) {
        return schedule + " was asked to run already and will as soon as a relay sees it";
    }
}
