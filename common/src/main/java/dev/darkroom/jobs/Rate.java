package dev.darkroom.jobs;

import java.time.Duration;
import java.util.Locale;

/**
 * So many jobs in a period, evenly: at most a tenth of the count, and at least one, goes out together.
 *
 * @param count at least 1
 * @param period at least a millisecond
 */
public record Rate(long count, Duration period) {

    public Rate {
        if (count < 1 || period.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "A rate is one job or more in a millisecond or more: " + count + " in " + period);
        }
    }

    public double perSecond() {
        return count / (period.toNanos() / 1e9);
    }

    /** How many may go out together after a rest. */
    public long burst() {
        return Math.max(1, (count + 9) / 10);
    }

    /** As {@code 100/1s}, the period as in ISO 8601. */
    @Override
    public String toString() {
        return count + "/" + period.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
