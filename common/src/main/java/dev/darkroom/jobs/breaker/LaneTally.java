package dev.darkroom.jobs.breaker;

import dev.darkroom.jobs.BreakerPolicy;
import java.time.Duration;

/**
 * What one batch of outcomes says about a lane. If any job got through, the other side is there, whatever others met.
 *
 * @param unreached how many met nobody, in a row
 * @param after the longest time that the other side asked to be left alone
 */
record LaneTally(BreakerPolicy policy, boolean reached, int unreached, Duration after, String reason) {

    private static final int LONGEST_REASON = 500;

    static LaneTally of(ReachOutcome outcome) {
        Duration after = outcome.after() == null ? Duration.ZERO : outcome.after();
        return new LaneTally(
                outcome.policy(), outcome.reached(), outcome.reached() ? 0 : 1, after, cut(outcome.reason()));
    }

    LaneTally plus(LaneTally other) {
        boolean any = reached || other.reached;
        return new LaneTally(
                policy,
                any,
                any ? 0 : unreached + other.unreached,
                after.compareTo(other.after) > 0 ? after : other.after,
                reason.isEmpty() ? other.reason : reason);
    }

    /** PostgreSQL's text cannot hold NUL. */
    private static String cut(String reason) {
        String storable = reason.replace('\0', '\uFFFD');
        return storable.length() <= LONGEST_REASON ? storable : storable.substring(0, LONGEST_REASON - 1) + "…";
    }
}
