package dev.darkroom.jobs.failures;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Failed jobs of one cause, over all databases.
 *
 * @param fingerprint names the cause: class of the error, first methods, normalised message
 * @param types how many jobs of each type
 * @param firstAt when the first failed since there were none
 * @param lanes the first few of them, at most {@value #LANES}
 */
public record FailureGroup(
        String fingerprint,
        Map<String, Long> types,
        Instant firstAt,
        Instant lastAt,
        Sample sample,
        List<String> lanes) {

    /** So many lanes are kept of each cause and type in each database. */
    public static final int LANES = 20;

    /** Of one of the jobs. */
    public record Sample(String errorClass, String message, String stack) {}

    public FailureGroup {
        types = Map.copyOf(types);
        lanes = List.copyOf(lanes);
    }

    public long jobs() {
        return types.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether there may be more lanes than {@link #lanes} names. */
    public boolean hasMoreLanes() {
        return lanes.size() >= LANES;
    }

    FailureGroup plus(FailureGroup other) {
        Map<String, Long> sum = new TreeMap<>(types);
        other.types.forEach((type, count) -> sum.merge(type, count, Long::sum));
        TreeSet<String> both = new TreeSet<>(lanes);
        both.addAll(other.lanes);
        boolean earlier = firstAt.isBefore(other.firstAt);
        return new FailureGroup(
                fingerprint,
                sum,
                earlier ? firstAt : other.firstAt,
                lastAt.isAfter(other.lastAt) ? lastAt : other.lastAt,
                earlier ? sample : other.sample,
                both.stream().limit(LANES).toList());
    }
}
