package dev.darkroom.jobs.watch.times;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Reservoir;
import com.codahale.metrics.Snapshot;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The times of the last minute, each of them: kept in slices of ten seconds, the oldest of which is dropped as a whole. In
 * microseconds. Bounded whatever the throughput. Thread-safe.
 */
public final class RecentTimes implements Reservoir {

    private static final int SLICES = 6;
    private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Clock clock;
    private final Histogram[] slices = new Histogram[SLICES];
    private long current;

    public RecentTimes(Clock clock) {
        this.clock = clock;
        this.current = slice();
        for (int i = 0; i < SLICES; i++) {
            slices[i] = Times.empty();
        }
    }

    private long slice() {
        return Math.floorDiv(clock.getTick(), SLICE_NANOS);
    }

    @Override
    public synchronized void update(long micros) {
        dropOld();
        slices[Math.floorMod(current, SLICES)].recordValue(Math.max(0, micros));
    }

    private void dropOld() {
        long now = slice();
        for (long next = Math.max(current + 1, now - SLICES + 1); next <= now; next++) {
            slices[Math.floorMod(next, SLICES)].reset();
        }
        current = Math.max(current, now);
    }

    /** Of the last minute. */
    public synchronized Times times() {
        dropOld();
        Histogram sum = Times.empty();
        for (Histogram slice : slices) {
            sum.add(slice);
        }
        return new Times(sum);
    }

    @Override
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, times().count());
    }

    @Override
    public Snapshot getSnapshot() {
        return new TimesSnapshot(times());
    }
}
