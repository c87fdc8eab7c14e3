package dev.darkroom.jobs.pulse;

import java.time.Duration;

/**
 * The sign of life of one loop: the loop beats with every turn, whether it finds work or not, and whether that succeeds or
 * not. A loop that has not begun, or has ended as it should, is not missed. Thread-safe.
 */
public final class Pulse {

    private final String name;
    private volatile boolean beating;
    private volatile long last = System.nanoTime();

    /** @param name of the loop, for people */
    public Pulse(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Another turn begins. Costs next to nothing. */
    public void beat() {
        last = System.nanoTime();
        beating = true;
    }

    /** The loop ends, and no beat is to be missed. */
    public void end() {
        beating = false;
    }

    /** For how long no turn has begun; zero if none needs to. */
    public Duration silence() {
        return beating ? Duration.ofNanos(Math.max(0, System.nanoTime() - last)) : Duration.ZERO;
    }
}
