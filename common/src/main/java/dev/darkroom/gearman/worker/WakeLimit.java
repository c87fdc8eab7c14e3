package dev.darkroom.gearman.worker;

import java.time.Duration;

/**
 * How long to wait before a NOOP is believed. gearmand 1.1.20 answers PRE_SLEEP with NOOP, and the grab after it with
 * NO_JOB, as long as a low job waits behind a delayed one: without a limit a worker asks thousands of times a second
 * until that one is due. Lives on the event loop.
 */
final class WakeLimit {

    /** Wakes in a row that may be in vain: another worker was quicker. */
    private static final int FREE = 8;

    /** Milliseconds; what a job may have to wait where many workers race for few jobs. */
    private static final long LONGEST = 50;

    private int inVain;

    /** How long to wait before the grab that follows this wake. */
    Duration beforeGrab() {
        int excess = inVain++ - FREE;
        return excess < 0 ? Duration.ZERO : Duration.ofMillis(Math.min(LONGEST, 1L << Math.min(excess, 10)));
    }

    /** A job came, or time has passed. */
    void reset() {
        inVain = 0;
    }
}
