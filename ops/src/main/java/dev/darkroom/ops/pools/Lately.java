package dev.darkroom.ops.pools;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.jobs.watch.LastMinute;
import org.jspecify.annotations.Nullable;

/**
 * What the living workers measured in the last minute; quantiles are null where nothing was measured.
 *
 * @param throughput jobs done a second
 * @param waitP50 seconds from due to begin, for half of the jobs; of runs that ended done or discarded
 * @param runP50 seconds that handlers took, for half of the runs
 */
public record Lately(
        double throughput,
        @JsonProperty("wait_p50_seconds") @Nullable Double waitP50,
        @JsonProperty("wait_p99_seconds") @Nullable Double waitP99,
        @JsonProperty("run_p50_seconds") @Nullable Double runP50,
        @JsonProperty("run_p99_seconds") @Nullable Double runP99) {

    static final Lately NOTHING = of(LastMinute.NOTHING);

    static Lately of(LastMinute minute) {
        return new Lately(
                minute.donePerSecond(),
                minute.waits().secondsAt(0.5),
                minute.waits().secondsAt(0.99),
                minute.runs().secondsAt(0.5),
                minute.runs().secondsAt(0.99));
    }
}
