package dev.darkroom.jobs.watch.lanes;

import com.codahale.metrics.Clock;
import dev.darkroom.jobs.ledger.Settlement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a worker process measures of the lanes of one job type in one database: the last minute, in slices of twenty seconds of
 * which the oldest is dropped as a whole. Holds nothing before there is a lane; then at most about a megabyte and a half,
 * however many there are. Thread-safe.
 */
public final class LaneMeters {

    private static final int SLICES = 3;
    private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** A lane that fails is worth watching before it is busy. */
    private static final int WEIGHT_OF_FAILURE = 8;

    private final Clock clock;
    private final @Nullable LaneSlice[] slices = new LaneSlice[SLICES];
    private long current;

    public LaneMeters(Clock clock) {
        this.clock = clock;
        this.current = slice();
    }

    private long slice() {
        return Math.floorDiv(clock.getTick(), SLICE_NANOS);
    }

    /** @param lane not empty: jobs without a lane are counted with their type only */
    public synchronized void settled(String lane, Settlement settlement, long runMicros) {
        if (settlement != Settlement.SUPERSEDED) {
            boolean failure = settlement == Settlement.FAILED || settlement == Settlement.RETRIED;
            present().of(lane, failure ? WEIGHT_OF_FAILURE : 1).settled(settlement, runMicros);
        }
    }

    /** How long one of the lane's jobs had been due when its run began. */
    public synchronized void waited(String lane, long micros) {
        present().of(lane, 0).waited(micros);
    }

    private LaneSlice present() {
        dropOld();
        int index = Math.floorMod(current, SLICES);
        LaneSlice slice = slices[index];
        if (slice == null) {
            slice = new LaneSlice();
            slices[index] = slice;
        }
        return slice;
    }

    private void dropOld() {
        long now = slice();
        for (long next = Math.max(current + 1, now - SLICES + 1); next <= now; next++) {
            slices[Math.floorMod(next, SLICES)] = null;
        }
        current = Math.max(current, now);
    }

    /** Of those lanes that are worth telling of. */
    public synchronized LaneMinutes lastMinute() {
        dropOld();
        if (Arrays.stream(slices).allMatch(Objects::isNull)) {
            return LaneMinutes.NOTHING;
        }
        Map<String, LaneTally> sums = new HashMap<>();
        LaneTally others = new LaneTally();
        for (LaneSlice slice : slices) {
            if (slice != null) {
                slice.addTo(sums, others);
            }
        }
        double seconds = (clock.getTick() - (current - SLICES + 1) * SLICE_NANOS) / 1e9;
        Map<String, LaneMinute> lanes = new HashMap<>();
        sums.forEach((lane, sum) -> lanes.put(lane, sum.read(seconds)));
        return new LaneMinutes(lanes, others.read(seconds)).told();
    }

    /** Of its counts. */
    synchronized int bytes() {
        return Arrays.stream(slices)
                .filter(Objects::nonNull)
                .mapToInt(LaneSlice::bytes)
                .sum();
    }
}
