package dev.darkroom.ops.pools;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.jobs.ledger.RunCounts;
import dev.darkroom.jobs.watch.lanes.LaneFigures;
import dev.darkroom.jobs.watch.lanes.LaneHandOut;
import dev.darkroom.jobs.watch.lanes.LaneMinute;
import org.jspecify.annotations.Nullable;

/**
 * How one lane of a job type is doing, over all databases. Counts are those of the last minute; null is what nobody tells of
 * this lane.
 *
 * @param lane null for all that are not told of one by one
 * @param oldestWaitSeconds how long its next job has been due
 * @param inFlight its jobs that relays have handed to the job servers
 * @param throughput jobs done a second
 */
public record LaneRow(
        String type,
        @Nullable String lane,
        @JsonProperty("oldest_wait_seconds") @Nullable Double oldestWaitSeconds,
        @JsonProperty("in_flight") @Nullable Long inFlight,
        @Nullable Double throughput,
        @JsonProperty("wait_p50_seconds") @Nullable Double waitP50,
        @JsonProperty("wait_p99_seconds") @Nullable Double waitP99,
        @JsonProperty("run_p50_seconds") @Nullable Double runP50,
        @JsonProperty("run_p99_seconds") @Nullable Double runP99,
        @Nullable Long retried,
        @Nullable Long failed,
        @Nullable Long discarded) {

    static LaneRow of(String type, @Nullable String lane, LaneFigures figures) {
        LaneHandOut handOut = figures.handOut();
        LaneMinute minute = figures.minute();
        LaneMinute known = minute == null ? LaneMinute.NOTHING : minute;
        RunCounts counts = minute == null ? null : minute.counts();
        return new LaneRow(
                type,
                lane,
                handOut == null ? null : handOut.oldestWaitSeconds(),
                handOut == null ? null : Long.valueOf(handOut.inFlight()),
                minute == null ? null : Double.valueOf(minute.donePerSecond()),
                known.waits().secondsAt(0.5),
                known.waits().secondsAt(0.99),
                known.runs().secondsAt(0.5),
                known.runs().secondsAt(0.99),
                counts == null ? null : Long.valueOf(counts.retried()),
                counts == null ? null : Long.valueOf(counts.failed()),
                counts == null ? null : Long.valueOf(counts.discarded()));
    }
}
