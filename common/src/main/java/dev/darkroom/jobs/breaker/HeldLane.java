package dev.darkroom.jobs.breaker;

import java.time.Duration;

/**
 * A lane whose jobs are held back, as whoever hands out sees it.
 *
 * @param state what may go out
 * @param probeIsDue whether a job may be sent to see if the other side is back; one at a time
 * @param rate jobs a second that may go out now, if it drains
 */
public record HeldLane(LaneId id, State state, boolean probeIsDue, double rate) {

    /** What may go out of a lane that is held back. */
    public enum State {
        /** Nothing, until a person says otherwise. */
        SHUT,
        /** One job at a time, now and then. */
        PROBING,
        /** So many a second, more and more. */
        DRAINING
    }

    static double rate(double first, double top, Duration doubling, Duration since) {
        double doublings = (double) since.toNanos() / doubling.toNanos();
        return Math.min(top, first * Math.pow(2, Math.min(doublings, 60)));
    }
}
