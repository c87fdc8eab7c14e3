package dev.darkroom.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HourlyLimitTest {

    private final AtomicLong nanoTime = new AtomicLong(-5_000_000_000_000L);

    @Test
    void counts_down_and_then_refuses() {
        HourlyLimit limit = limit(2);
        assertThat(limit.count("a")).isEqualTo(new RateLimit.Standing(2, 1, false));
        assertThat(limit.count("a")).isEqualTo(new RateLimit.Standing(2, 0, false));
        assertThat(limit.count("a")).isEqualTo(new RateLimit.Standing(2, 0, true));
        assertThat(limit.count("b")).isEqualTo(new RateLimit.Standing(2, 1, false));
    }

    @Test
    void the_hour_slides() {
        HourlyLimit limit = limit(2);
        limit.count("a");
        pass(Duration.ofMinutes(40));
        limit.count("a");
        pass(Duration.ofMinutes(19));
        assertThat(limit.count("a").exceeded()).isTrue();
        pass(Duration.ofMinutes(2));
        assertThat(limit.count("a").exceeded()).isFalse();
        assertThat(limit.count("a").exceeded()).isTrue();
    }

    @Test
    void refused_requests_do_not_prolong_the_wait() {
        HourlyLimit limit = limit(1);
        limit.count("a");
        for (int minute = 0; minute < 59; minute++) {
            pass(Duration.ofMinutes(1));
            assertThat(limit.count("a").exceeded()).isTrue();
        }
        pass(Duration.ofMinutes(2));
        assertThat(limit.count("a").exceeded()).isFalse();
    }

    @Test
    void a_limit_of_0_or_less_is_none() {
        for (int off : new int[] {0, -1}) {
            HourlyLimit limit = limit(off);
            for (int i = 0; i < 10; i++) {
                assertThat(limit.count("a"))
                        .isEqualTo(new RateLimit.Standing(Integer.MAX_VALUE, Integer.MAX_VALUE, false));
            }
        }
    }

    @Test
    void never_more_than_the_limit_in_any_59_minutes_and_never_fewer_in_61() {
        Random random = new Random(7);
        int limitPerHour = 50;
        HourlyLimit limit = limit(limitPerHour);
        TreeMap<Long, Integer> accepted = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            pass(Duration.ofSeconds(random.nextInt(60)));
            long now = nanoTime.get();
            boolean refused = limit.count("a").exceeded();
            long lastHourAndMinute = sum(accepted, now, Duration.ofMinutes(61));
            if (refused) {
                assertThat(lastHourAndMinute).isGreaterThanOrEqualTo(limitPerHour);
            } else {
                accepted.merge(now, 1, Integer::sum);
                assertThat(sum(accepted, now, Duration.ofMinutes(59))).isLessThanOrEqualTo(limitPerHour);
            }
        }
    }

    private static long sum(NavigableMap<Long, Integer> accepted, long now, Duration back) {
        return accepted.tailMap(now - back.toNanos(), false).values().stream()
                .mapToLong(Integer::longValue)
                .sum();
    }

    private HourlyLimit limit(int requests) {
        return new HourlyLimit(requests, nanoTime::get);
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }
}
