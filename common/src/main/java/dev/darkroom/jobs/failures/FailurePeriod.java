package dev.darkroom.jobs.failures;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When jobs failed.
 *
 * @param from inclusive; null for any time before
 * @param until exclusive; null for any time after
 */
public record FailurePeriod(
        @Nullable Instant from, @Nullable Instant until) {

    public static final FailurePeriod EVER = new FailurePeriod(null, null);

    public FailurePeriod {
        if (from != null && until != null && !from.isBefore(until)) {
            throw new IllegalArgumentException("The time " + from + " is not before " + until);
        }
    }
}
