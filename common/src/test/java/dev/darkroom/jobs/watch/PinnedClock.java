package dev.darkroom.jobs.watch;

import com.codahale.metrics.Clock;
import java.util.concurrent.TimeUnit;

/** Stands still until it is told to go on. */
public final class PinnedClock extends Clock {

    private long nanos;

    public PinnedClock(long seconds) {
        nanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    public void pass(long seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Override
    public long getTick() {
        return nanos;
    }
}
