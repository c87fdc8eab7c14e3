package dev.darkroom.clock;

import java.time.Duration;

/** Lets the current thread wait. A seam for tests; an interrupt ends the wait and is reported as such. */
@FunctionalInterface
public interface Pause {

    /** The real pause: the thread sleeps. */
    Pause SLEEP = duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);

    void pause(Duration duration) throws InterruptedException;
}
