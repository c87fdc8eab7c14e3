package dev.darkroom.jobs;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * How much of a type may go out, over all workers and all databases. Null: not limited so.
 *
 * @param rate of the whole type
 * @param concurrency jobs of the type that are handed out and have not ended
 * @param laneRate of each lane
 * @param laneConcurrency jobs of each lane that are handed out and have not ended
 */
public record JobLimits(
        @Nullable Rate rate,
        @Nullable Integer concurrency,
        @Nullable Rate laneRate,
        @Nullable Integer laneConcurrency) {

    public static final JobLimits NONE = new JobLimits(null, null, null, null);

    public JobLimits {
        requireOneOrMore(concurrency);
        requireOneOrMore(laneConcurrency);
    }

    private static void requireOneOrMore(@Nullable Integer concurrency) {
        if (concurrency != null && concurrency < 1) {
            throw new IllegalArgumentException(
                    "At least one job must be allowed at a time; to let none out, pause the type: " + concurrency);
        }
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /** Whether jobs in flight are counted. */
    public boolean countsJobs() {
        return concurrency != null || laneConcurrency != null;
    }

    public JobLimits withRate(@Nullable Rate limit) {
        return new JobLimits(limit, concurrency, laneRate, laneConcurrency);
    }

    public JobLimits withConcurrency(@Nullable Integer limit) {
        return new JobLimits(rate, limit, laneRate, laneConcurrency);
    }

    public JobLimits withLaneRate(@Nullable Rate limit) {
        return new JobLimits(rate, concurrency, limit, laneConcurrency);
    }

    public JobLimits withLaneConcurrency(@Nullable Integer limit) {
        return new JobLimits(rate, concurrency, laneRate, limit);
    }

    /** In words, as {@code rate 100/1s, concurrency 5}. */
    @Override
    public String toString() {
        StringJoiner words = new StringJoiner(", ").setEmptyValue("none");
        add(words, "rate", rate);
        add(words, "concurrency", concurrency);
        add(words, "lane-rate", laneRate);
        add(words, "lane-concurrency", laneConcurrency);
        return words.toString();
    }

    private static void add(StringJoiner words, String name, @Nullable Object limit) {
        if (limit != null) {
            words.add(name + " " + limit);
        }
    }
}
