package dev.darkroom.gearman.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubles from the first to the longest, and half of it is random so that
 * many processes do not return at once. Immutable.
 *
 * @param first the wait after the first failure
 * @param longest the most it grows to
 */
public record Backoff(Duration first, Duration longest) {

    /** 50 ms, doubling up to 5 s. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5));

    private static final int MOST_DOUBLINGS = 30;

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("A backoff grows from a first wait: " + first + " to " + longest);
        }
    }

    /** The wait after this many failures in a row, 1 for the first: between half and the whole of the doubled time. */
    public Duration after(int failures, RandomGenerator random) {
        int doublings = Math.min(Math.max(failures - 1, 0), MOST_DOUBLINGS);
        long limit = longest.toMillis();
        long whole = Math.min(limit, Math.max(1, first.toMillis()) * (1L << doublings));
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }
}
