package dev.darkroom.jobs.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What a worker process did of one job type in its last minute. Two are not compared by their content.
 *
 * @param donePerSecond jobs done
 * @param waits how long jobs had waited, encoded by whoever measures; null for none
 * @param runTimes how long they ran, likewise
 * @param lanes what of that for those lanes that are told of, likewise
 */
public record RecentRuns(
        double donePerSecond, byte @Nullable [] waits, byte @Nullable [] runTimes, byte @Nullable [] lanes) {

    static final RecentRuns NONE = new RecentRuns(0, null, null, null);
}
