package dev.darkroom.gearman.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Counts how numbered futures end, each by itself. */
final class Completions {

    private final AtomicIntegerArray counts;
    private final CountDownLatch left;
    private final Map<Class<?>, Integer> failures = new ConcurrentHashMap<>();

    Completions(int expected) {
        counts = new AtomicIntegerArray(expected);
        left = new CountDownLatch(expected);
    }

    int expected() {
        return counts.length();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The latch is what is waited for.
    void watch(int number, CompletableFuture<?> future) {
        future.whenComplete((result, failure) -> {
            counts.incrementAndGet(number);
            if (failure != null) {
                failures.merge(failure.getClass(), 1, Integer::sum);
            }
            left.countDown();
        });
    }

    /** Waits until all have ended; how often each failure was seen. */
    Map<Class<?>, Integer> await() throws InterruptedException {
        assertThat(left.await(120, TimeUnit.SECONDS))
                .as("%s futures never ended", left.getCount())
                .isTrue();
        return Map.copyOf(failures);
    }

    /** How many have not ended exactly once. */
    int wrong() {
        int wrong = 0;
        for (int i = 0; i < counts.length(); i++) {
            if (counts.get(i) != 1) {
                wrong++;
            }
        }
        return wrong;
    }
}
