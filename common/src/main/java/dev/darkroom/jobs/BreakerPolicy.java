package dev.darkroom.jobs;

import java.time.Duration;

/**
 * When the lanes of a type are held back because what they call cannot be reached, and how they come back.
 *
 * @param threshold so many outcomes in a row that could not reach the other side, or were asked to back off, open the breaker
 * @param firstProbe from opening to the first probe; doubled after each that fails
 * @param longestProbe the wait between probes never grows beyond this, unless the other side asks for more
 * @param firstRate jobs a second that are let out after a probe got through
 * @param topRate the rate grows to this and stays until the backlog is gone
 * @param doubling the rate doubles so often
 */
public record BreakerPolicy(
        int threshold,
        Duration firstProbe,
        Duration longestProbe,
        double firstRate,
        double topRate,
        Duration doubling) {

    /** Opens after ten, probes after 1 s to 1 min, drains at 1 to 100 jobs a second, doubling every two seconds. */
    public static final BreakerPolicy DEFAULT =
            new BreakerPolicy(10, Duration.ofSeconds(1), Duration.ofMinutes(1), 1, 100, Duration.ofSeconds(2));

    public BreakerPolicy {
        if (threshold < 1) {
            throw new IllegalArgumentException("A breaker opens after one outcome or more: " + threshold);
        }
        if (firstProbe.isNegative() || firstProbe.isZero() || longestProbe.compareTo(firstProbe) < 0) {
            throw new IllegalArgumentException(
                    "Probes need a wait, and the longest is not below the first: " + firstProbe + ", " + longestProbe);
        }
        if (!(firstRate > 0) || !(topRate >= firstRate)) {
            throw new IllegalArgumentException(
                    "The first rate is above 0, and the top rate not below it: " + firstRate + ", " + topRate);
        }
        if (doubling.isNegative() || doubling.isZero()) {
            throw new IllegalArgumentException("The rate needs a time to double in: " + doubling);
        }
    }
}
