package dev.darkroom.jobs.watch.lanes;

import dev.darkroom.jobs.ledger.RunCounts;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.watch.times.Times;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntCountsHistogram;

/** What is counted of one lane in one slice of time: at most some kilobytes, whatever is measured. Not thread-safe. */
final class LaneTally {

    private static final int SIGNIFICANT_DIGITS = 1;

    /** Only so many leading bits of a time are kept: right to an eighth, and a third of the bytes in every heartbeat. */
    private static final int LEADING_BITS = 3;

    private static final long EXACT = 16;

    private final IntCountsHistogram waits = new IntCountsHistogram(SIGNIFICANT_DIGITS);
    private final IntCountsHistogram runs = new IntCountsHistogram(SIGNIFICANT_DIGITS);
    private long weight;
    private long done;
    private long retried;
    private long snoozed;
    private long discarded;
    private long failed;
    private long runMicros;

    /** How much the lane is worth watching. */
    long weight() {
        return weight;
    }

    void weigh(long more) {
        weight += more;
    }

    void settled(Settlement settlement, long micros) {
        switch (settlement) {
            case DONE -> done++;
            case RETRIED -> retried++;
            case SNOOZED -> snoozed++;
            case DISCARDED -> discarded++;
            case FAILED -> failed++;
            case SUPERSEDED -> {
                // The outcome of another run counts in its place, and so does its time.
                return;
            }
        }
        runMicros += micros;
        runs.recordValue(rounded(micros));
    }

    void waited(long micros) {
        waits.recordValue(rounded(micros));
    }

    /** The middle of the step that it is in. */
    private static long rounded(long micros) {
        if (micros < EXACT) {
            return Math.max(0, micros);
        }
        int dropped = Long.SIZE - Long.numberOfLeadingZeros(micros) - LEADING_BITS;
        return (micros >> dropped << dropped) + (1L << (dropped - 1));
    }

    void add(LaneTally other) {
        waits.add(other.waits);
        runs.add(other.runs);
        done += other.done;
        retried += other.retried;
        snoozed += other.snoozed;
        discarded += other.discarded;
        failed += other.failed;
        runMicros += other.runMicros;
    }

    /** For another lane. */
    void clear() {
        waits.reset();
        runs.reset();
        weight = 0;
        done = 0;
        retried = 0;
        snoozed = 0;
        discarded = 0;
        failed = 0;
        runMicros = 0;
    }

    /** @param seconds in which that was counted */
    LaneMinute read(double seconds) {
        RunCounts counts = new RunCounts(done, retried, snoozed, discarded, failed, runMicros);
        return new LaneMinute(done / seconds, counts, times(waits), times(runs));
    }

    private static Times times(IntCountsHistogram micros) {
        if (micros.getTotalCount() == 0) {
            return Times.NONE;
        }
        Histogram copy = new Histogram(SIGNIFICANT_DIGITS);
        copy.add(micros);
        return new Times(copy);
    }

    int bytes() {
        return waits.getEstimatedFootprintInBytes() + runs.getEstimatedFootprintInBytes();
    }
}
