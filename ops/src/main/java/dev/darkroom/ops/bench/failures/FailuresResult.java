package dev.darkroom.ops.bench.failures;

import java.util.Map;

/**
 * What {@code bench failures} measured; rates are jobs a second.
 *
 * @param replayed jobs that the replay moved
 * @param selectSeconds how long the start took, which counts what matches
 * @param mostHeap bytes of heap in use at most while replaying, garbage included
 */
record FailuresResult(
        Reading reading, long replayed, double replayRate, double bareRate, double selectSeconds, long mostHeap) {

    /**
     * Medians, in milliseconds.
     *
     * @param bareGroups the same counted from the failed jobs by one statement
     * @param pages the first page of fifty, by what was filtered
     */
    record Reading(double groups, double bareGroups, Map<String, Double> pages) {}
}
