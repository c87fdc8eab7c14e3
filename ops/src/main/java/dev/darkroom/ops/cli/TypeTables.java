package dev.darkroom.ops.cli;

import dev.darkroom.jobs.probe.ProbeStatus;
import dev.darkroom.ops.pools.LaneStatus;
import dev.darkroom.ops.pools.TypeStatus;
import dev.darkroom.ops.terminal.DurationText;
import dev.darkroom.ops.terminal.NameText;
import dev.darkroom.ops.terminal.TextTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How each job type is doing, as two tables: how many jobs, and how long. */
final class TypeTables {

    private static final int LONGEST_LANE = 24;

    private TypeTables() {}

    static List<String> lines(Collection<TypeStatus> types) {
        List<String> lines = new ArrayList<>(counts(types).lines());
        lines.add("");
        lines.addAll(times(types).lines());
        return lines;
    }

    private static TextTable counts(Collection<TypeStatus> types) {
        TextTable table = new TextTable(
                "jobs", "waiting", "later", "flight", "running", "per s", "done", "retried", "failed", "threads");
        for (TypeStatus type : types) {
            table.row(
                    name(type),
                    type.depth(),
                    type.later(),
                    type.inFlight(),
                    type.running(),
                    perSecond(type.lately().throughput()),
                    type.done(),
                    type.retried(),
                    type.failed(),
                    type.workers());
        }
        return table;
    }

    private static TextTable times(Collection<TypeStatus> types) {
        TextTable table = new TextTable(
                        "times", "oldest", "wait p50", "wait p99", "run p50", "run p99", "worst lane", "probe")
                .text("worst lane", "probe");
        for (TypeStatus type : types) {
            table.row(
                    name(type),
                    DurationText.of(type.depth() == 0 ? null : Double.valueOf(type.oldestWaitSeconds())),
                    DurationText.of(type.lately().waitP50()),
                    DurationText.of(type.lately().waitP99()),
                    DurationText.of(type.lately().runP50()),
                    DurationText.of(type.lately().runP99()),
                    lane(type.worstLane()),
                    probe(type.probe()));
        }
        return table;
    }

    private static String name(TypeStatus type) {
        return type.type() + (type.paused() ? " (paused)" : "");
    }

    private static String perSecond(double rate) {
        return rate == 0 ? DurationText.NONE : String.format(Locale.ROOT, "%.1f", rate);
    }

    private static String lane(LaneStatus worst) {
        if (worst.seconds() == 0) {
            return DurationText.NONE;
        }
        String lane = worst.lane();
        return DurationText.of(worst.seconds())
                + (lane == null || lane.isEmpty() ? "" : ", " + NameText.of(lane, LONGEST_LANE));
    }

    private static String probe(@Nullable ProbeStatus probe) {
        if (probe == null) {
            return DurationText.NONE;
        }
        if (probe.unansweredSeconds() != null) {
            return "no answer for " + DurationText.of(probe.unansweredSeconds());
        }
        return probe.waitSeconds() == null
                ? DurationText.NONE
                : DurationText.of(probe.waitSeconds()) + ", " + DurationText.of(probe.secondsAgo()) + " ago";
    }
}
