package dev.darkroom.ops.schedules;

import dev.darkroom.jobs.schedule.ScheduleStatus;
import dev.darkroom.jobs.schedule.ScheduleStore;
import dev.darkroom.ops.terminal.TextTable;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows each schedule with its next time. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Show each schedule: when it is due next and was last, by UTC, and how many jobs it has enqueued.",
            "",
            "missed: what becomes of times at which no relay ran. A schedule is overdue when it has been due for more than"
                    + " a minute: no relay runs, or the program no longer has it."
        })
final class ListCommand implements Callable<Integer> {

    @Mixin
    private ScheduleAccess access = new ScheduleAccess();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What {@code --json} prints. */
    private record Listing(List<Row> schedules) {}

    /** Times are ISO 8601, by UTC. */
    private record Row(
            String name,
            String timing,
            String missed,
            @Nullable String nextAt,
            boolean overdue,
            @Nullable String lastAt,
            long enqueued,
            @Nullable String pausedBy,
            @Nullable String pausedAt,
            @Nullable String askedBy) {

        static Row of(ScheduleStatus status) {
            return new Row(
                    status.name(),
                    status.timing(),
                    status.missed(),
                    text(status.nextAt()),
                    status.isOverdue(),
                    text(status.lastAt()),
                    status.enqueued(),
                    status.pausedBy(),
                    text(status.pausedAt()),
                    status.askedBy());
        }

        private static @Nullable String text(@Nullable Instant time) {
            return time == null ? null : time.toString();
        }
    }

    @Override
    public Integer call() {
        List<ScheduleStatus> schedules = access.with(ScheduleStore::list);
        PrintWriter out = spec.commandLine().getOut();
        if (access.isJson()) {
            out.println(ScheduleAccess.json(
                    new Listing(schedules.stream().map(Row::of).toList())));
        } else if (schedules.isEmpty()) {
            out.println("no schedules: the program has none, or no relay has started yet");
        } else {
            lines(schedules).forEach(out::println);
        }
        out.flush();
        return 0;
    }

    static List<String> lines(List<ScheduleStatus> schedules) {
        TextTable table = new TextTable("schedule", "when", "missed", "next", "last", "enqueued");
        for (ScheduleStatus schedule : schedules) {
            table.row(
                    schedule.name(),
                    schedule.timing(),
                    schedule.missed(),
                    next(schedule),
                    seconds(schedule.lastAt()),
                    schedule.enqueued());
        }
        return table.lines();
    }

    private static String next(ScheduleStatus schedule) {
        if (schedule.askedBy() != null) {
            return "now, for " + schedule.askedBy();
        }
        if (schedule.pausedBy() != null) {
            return "paused by " + schedule.pausedBy();
        }
        return (schedule.isOverdue() ? "overdue: " : "") + seconds(schedule.nextAt());
    }

    private static String seconds(@Nullable Instant time) {
        return Optional.ofNullable(time)
                .map(known -> known.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse("-");
    }
}
