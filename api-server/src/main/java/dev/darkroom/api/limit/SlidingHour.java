package dev.darkroom.api.limit;

import java.util.Arrays;

/** Requests of the last 60 minutes, one counter a minute. Thread-safe. */
final class SlidingHour {

    private static final int MINUTES = 60;

    private final int[] counts = new int[MINUTES];
    private long latest = Long.MIN_VALUE;
    private int sum;

    /** Counts one request and returns the sum of the hour, at most {@code limit + 1}: refused requests do not prolong the wait. */
    synchronized int add(long minute, int limit) {
        forgetUntil(minute);
        if (sum >= limit) {
            return limit + 1;
        }
        counts[Math.floorMod(minute, MINUTES)]++;
        return ++sum;
    }

    private void forgetUntil(long minute) {
        if (latest == Long.MIN_VALUE || minute - latest >= MINUTES) {
            Arrays.fill(counts, 0);
            sum = 0;
        } else {
            for (long passed = latest + 1; passed <= minute; passed++) {
                sum -= counts[Math.floorMod(passed, MINUTES)];
                counts[Math.floorMod(passed, MINUTES)] = 0;
            }
        }
        latest = Math.max(latest, minute);
    }
}
