package dev.darkroom.jobs.dispatch;

import java.time.Duration;

/** Something done about so often by a loop that comes round more often. Due at once at first. Used by one thread. */
final class Periodic {

    private final long interval;
    private long last;
    private boolean due;

    Periodic(Duration interval) {
        this.interval = interval.toNanos();
        makeDue();
    }

    void makeDue() {
        last = System.nanoTime() - interval;
    }

    /** The next interval begins now. */
    void restart() {
        last = System.nanoTime();
    }

    /** Whether it is time; asking so begins the next interval. */
    boolean isDue() {
        long now = System.nanoTime();
        due = now - last >= interval;
        if (due) {
            last = now;
        }
        return due;
    }

    /** What {@link #isDue} last said. */
    boolean wasDue() {
        return due;
    }
}
