package dev.darkroom.jobs;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a job is tried and how long it waits in between: exponential backoff with full jitter on its upper half, so
 * that the jobs of one outage do not come back together.
 *
 * @param attempts runs in all, the first included; after as many failures the job goes to the failed table
 * @param first wait after the first failure, before jitter
 * @param longest the wait never grows beyond this
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {

    /** Eight attempts over about ten minutes. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(8, Duration.ofSeconds(2), Duration.ofMinutes(5));

    private static final int LARGEST_SHIFT = 40;

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("A job needs at least one attempt: " + attempts);
        }
        if (first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("The longest wait " + longest + " is below the first " + first);
        }
    }

    public RetryPolicy withAttempts(int count) {
        return new RetryPolicy(count, first, longest);
    }

    /** Whether a job that has failed {@code failures} times, this time included, may run again. */
    public boolean allowsAnother(int failures) {
        return failures < attempts;
    }

    /** The wait before the next run of a job that has failed {@code failures} times (at least 1). */
    public Duration delayAfter(int failures, RandomGenerator random) {
        double grown = (double) first.toNanos() * (1L << Math.min(failures - 1, LARGEST_SHIFT));
        double capped = Math.min(grown, (double) longest.toNanos());
        return Duration.ofNanos((long) (capped / 2 + random.nextDouble() * capped / 2));
    }
}
