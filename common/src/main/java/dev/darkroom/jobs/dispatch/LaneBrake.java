package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.breaker.HeldLane;

/** One lane that is held back, as the relay treats it between two readings of its breaker. Used by one thread. */
final class LaneBrake {

    /** So many seconds' worth may go out together. */
    private static final double BURST = 0.25;

    private HeldLane held;
    private boolean probeSent;
    private double tokens = 1;
    private long filledAt = System.nanoTime();

    LaneBrake(HeldLane held, int inFlight) {
        this.held = held;
        this.probeSent = inFlight > 0;
    }

    /** @param inFlight jobs of the lane that are out */
    void update(HeldLane now, int inFlight) {
        if (now.state() != held.state()) {
            tokens = 1;
            filledAt = System.nanoTime();
        }
        held = now;
        probeSent = inFlight > 0;
    }

    boolean isProbing() {
        return held.state() == HeldLane.State.PROBING;
    }

    /** How many jobs may go out; of probes one, and only if nobody else sends it. */
    int most() {
        return switch (held.state()) {
            case SHUT -> 0;
            case PROBING -> held.probeIsDue() && !probeSent ? 1 : 0;
            case DRAINING -> {
                fill();
                yield (int) tokens;
            }
        };
    }

    /** One has gone out. */
    void took() {
        probeSent = true;
        tokens -= 1;
    }

    private void fill() {
        long now = System.nanoTime();
        tokens = Math.min(Math.max(1, held.rate() * BURST), tokens + (now - filledAt) / 1e9 * held.rate());
        filledAt = now;
    }
}
