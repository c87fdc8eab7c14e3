package dev.darkroom.ops.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Compares feeds with what is expected of them, and counts. Thread-safe. */
final class FeedTally {

    /** A feed keeps at least so many entries; what is older than its last may be gone. */
    static final int KEPT = 800;

    private final Expectations expectations;
    private final LongAdder expected = new LongAdder();
    private final LongAdder made = new LongAdder();
    private final LongAdder missing = new LongAdder();
    private final LongAdder wrong = new LongAdder();

    FeedTally(Expectations expectations) {
        this.expectations = expectations;
    }

    /**
     * Counts one feed: each expected photo must be there exactly once, and no other of this run.
     *
     * @param reader by number in the graph
     * @param feed ids of media, newest first
     */
    void count(int reader, List<Long> feed) {
        Set<Long> wanted = expectations.photosFor(reader);
        Map<Long, Integer> found = new HashMap<>();
        feed.stream().filter(expectations::isOurs).forEach(photo -> found.merge(photo, 1, Integer::sum));
        long oldest = feed.size() < KEPT
                ? Long.MIN_VALUE
                : feed.stream().mapToLong(Long::longValue).min().orElse(0);
        for (long photo : wanted) {
            if (found.containsKey(photo)) {
                expected.increment();
                made.increment();
            } else if (photo >= oldest) {
                expected.increment();
                missing.increment();
            }
        }
        found.forEach((photo, times) -> {
            if (!wanted.contains(photo) || times > 1) {
                wrong.increment();
            }
        });
    }

    long expected() {
        return expected.sum();
    }

    long made() {
        return made.sum();
    }

    long missing() {
        return missing.sum();
    }

    /** Photos that somebody has twice, or who should not. */
    long wrong() {
        return wrong.sum();
    }
}
