package dev.darkroom.api.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Counts a sliding hour for each key in this process, minute by minute; n processes behind a balancer together allow up to n
 * times the limit. Keys unused for an hour are forgotten, and beyond 100,000 keys the least used. Thread-safe.
 */
public final class HourlyLimit implements RateLimit {

    private static final int MOST_KEYS = 100_000;

    private final int limit;
    private final LongSupplier nanoTime;
    private final Cache<String, SlidingHour> hours = Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    /**
     * Makes a limit without any count yet.
     *
     * @param requestsPerHour 0 or less switches the limit off: nothing is counted, and the headers show no limit
     */
    public HourlyLimit(int requestsPerHour) {
        this(requestsPerHour, System::nanoTime);
    }

    HourlyLimit(int requestsPerHour, LongSupplier nanoTime) {
        this.limit = requestsPerHour > 0 ? requestsPerHour : Integer.MAX_VALUE;
        this.nanoTime = nanoTime;
    }

    @Override
    public Standing count(String key) {
        if (limit == Integer.MAX_VALUE) {
            return untouched();
        }
        int counted = hours.get(key, unused -> new SlidingHour()).add(minute(), limit);
        return new Standing(limit, Math.max(0, limit - counted), counted > limit);
    }

    @Override
    public Standing untouched() {
        return new Standing(limit, limit, false);
    }

    private long minute() {
        return Duration.ofNanos(nanoTime.getAsLong()).toMinutes();
    }
}
