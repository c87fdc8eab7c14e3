package dev.darkroom.ops.bench.fanout;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * What {@code bench fanout} measured.
 *
 * @param bytesPerEntry of a full feed in Redis, its key and everything else included
 * @param workerIdleMib memory of the {@code feed.deliver} process before, as PSS
 * @param workerMostMib the most it took
 * @param smallIdle milliseconds until a photo of an author with few followers was in all their feeds, nothing else going on
 * @param smallBusy the same while the largest author's photo was brought to the followers
 */
@JsonNaming(SnakeCaseStrategy.class)
record FanOutResult(
        List<Row> authors,
        double bytesPerEntry,
        long workerIdleMib,
        long workerMostMib,
        Latency smallIdle,
        Latency smallBusy) {

    /**
     * Authors of one size.
     *
     * @param posts photos, committed together
     * @param deliveriesPerS feed entries a second, from the commit until every effect says so
     * @param reference LPUSHX and LTRIM of the same lists by a bare pipelined client, lists a second
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Row(int followers, int posts, long deliveriesPerS, long reference, double ratio) {}

    /** In milliseconds. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Latency(int posts, long p50, long p99, long max) {

        static Latency of(List<Long> milliseconds) {
            List<Long> sorted = milliseconds.stream().sorted().toList();
            return sorted.isEmpty()
                    ? new Latency(0, 0, 0, 0)
                    : new Latency(
                            sorted.size(),
                            sorted.get(sorted.size() / 2),
                            sorted.get((int) (sorted.size() * 0.99)),
                            sorted.get(sorted.size() - 1));
        }
    }
}
