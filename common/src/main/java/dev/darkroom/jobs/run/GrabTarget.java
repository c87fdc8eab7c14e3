package dev.darkroom.jobs.run;

import java.time.Duration;
import java.util.List;

/**
 * How many jobs the process should hold at once: one for each thread, and beyond that as many as all threads finish in some
 * tens of milliseconds. Thousands of very short jobs, none in advance of long ones. Used by one thread.
 */
final class GrabTarget {

    /** More in flight on one connection gains nothing (docs/performance.md). */
    static final int LARGEST = 2_048;

    private static final double AHEAD_MICROS = Duration.ofMillis(30).toNanos() / 1e3;
    private static final double WEIGHT = 0.2;

    private final int threads;
    private double runMicros = AHEAD_MICROS * 2;

    GrabTarget(int threads) {
        this.threads = threads;
    }

    int after(List<EndedJob> ended) {
        long micros = 0;
        int runs = 0;
        for (EndedJob job : ended) {
            if (!job.isProbe()) {
                micros += job.micros();
                runs++;
            }
        }
        if (runs > 0) {
            runMicros += WEIGHT * ((double) micros / runs - runMicros);
        }
        double ahead = threads * AHEAD_MICROS / Math.max(1, runMicros);
        return (int) Math.min(LARGEST, threads + Math.floor(ahead));
    }
}
