package dev.darkroom.ops.killtest.load;

import java.time.Duration;

/** What producers do, by turns that follow the clock, so that all processes agree on it without asking each other. */
public enum Phase {
    /** The gate is open and producers submit directly. */
    CALM(0),
    /** The ledger is kept full and the relay hands out everything. */
    PRESSURE(1);

    private static final Duration LENGTH = Duration.ofSeconds(6);
    private static final int PHASES = 2;

    private final long place;

    /** @param place in the cycle of both */
    Phase(long place) {
        this.place = place;
    }

    /** @param millis since 1970 */
    public static Phase at(long millis) {
        return millis / LENGTH.toMillis() % PHASES == CALM.place ? CALM : PRESSURE;
    }

    /**
     * How long until this phase, the present one or else the next, has gone on for a share of its time.
     *
     * @param millis now, since 1970
     * @param share from 0 to 1
     */
    public Duration until(long millis, double share) {
        long cycle = LENGTH.toMillis() * PHASES;
        long wanted = place * LENGTH.toMillis() + (long) (share * LENGTH.toMillis());
        return Duration.ofMillis(Math.floorMod(wanted - millis, cycle));
    }
}
