package dev.darkroom.ops.cli;

import dev.darkroom.jobs.watch.lanes.LaneHandOut;
import dev.darkroom.jobs.watch.lanes.LaneMinutes;
import dev.darkroom.ops.pools.LaneRow;
import dev.darkroom.ops.terminal.DurationText;
import dev.darkroom.ops.terminal.NameText;
import dev.darkroom.ops.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How single lanes are doing, as a table. */
final class LaneTable {

    private static final int LONGEST_LANE = 32;

    private static final String BOUND = "There may be millions of lanes, so not all are told of: of each type at most "
            + LaneMinutes.MOST + " that are busiest or fail most, and " + LaneHandOut.MOST
            + " that wait longest or have most in flight.";

    private LaneTable() {}

    /** @param type the one that was asked for; null for all */
    static List<String> lines(List<LaneRow> rows, @Nullable String type) {
        if (rows.isEmpty()) {
            return List.of(
                    "Nothing is told of lanes" + (type == null ? "" : " of " + type)
                            + ": none waits or is in flight, and none had a run in the last minute.",
                    "Jobs whose type gives them no lane are shown by 'darkroom status' only.");
        }
        TextTable table = new TextTable(
                        "type",
                        "lane",
                        "oldest",
                        "flight",
                        "wait p50",
                        "wait p99",
                        "run p50",
                        "run p99",
                        "per s",
                        "retried",
                        "failed")
                .text("lane");
        rows.forEach(row -> add(table, row));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(BOUND);
        return lines;
    }

    private static void add(TextTable table, LaneRow row) {
        table.row(
                row.type(),
                row.lane() == null ? "(all others)" : NameText.of(row.lane(), LONGEST_LANE),
                DurationText.of(row.oldestWaitSeconds()),
                count(row.inFlight()),
                DurationText.of(row.waitP50()),
                DurationText.of(row.waitP99()),
                DurationText.of(row.runP50()),
                DurationText.of(row.runP99()),
                perSecond(row.throughput()),
                count(row.retried()),
                count(row.failed()));
    }

    private static String count(@Nullable Long count) {
        return Objects.toString(count, DurationText.NONE);
    }

    private static String perSecond(@Nullable Double rate) {
        return rate == null || rate == 0 ? DurationText.NONE : String.format(Locale.ROOT, "%.1f", rate);
    }
}
