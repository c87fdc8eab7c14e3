package dev.darkroom.jobs;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kind of job: its name, which is also its Gearman function, and its policies. Immutable; made once, as a constant
 * beside its job record.
 */
public final class JobType<J extends Job> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*");
    private static final int LONGEST_NAME = 64;

    private final String name;
    private final Class<J> jobClass;
    private final JobCodec<J> codec;
    private final RetryPolicy retryPolicy;
    private final Duration timeout;
    private final Function<J, Priority> priority;
    private final Function<J, @Nullable String> lane;

    private JobType(Builder<J> builder) {
        this.name = builder.name;
        this.jobClass = builder.jobClass;
        this.codec = builder.codec;
        this.retryPolicy = builder.retryPolicy;
        this.timeout = builder.timeout;
        this.priority = builder.priority;
        this.lane = builder.lane;
    }

    /**
     * Begins a type.
     *
     * @param name stable for ever, such as {@code feed.fanout}: it is in the ledger and in Gearman
     * @throws IllegalArgumentException if the name is not lower-case words joined by dots or hyphens, or over 64 characters
     */
    public static <J extends Job> Builder<J> named(String name, Class<J> jobClass) {
        if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "A job type is named in lower-case words joined by dots, at most 64 characters: " + name);
        }
        return new Builder<>(name, jobClass);
    }

    public String name() {
        return name;
    }

    public Class<J> jobClass() {
        return jobClass;
    }

    public JobCodec<J> codec() {
        return codec;
    }

    public RetryPolicy retryPolicy() {
        return retryPolicy;
    }

    /** After this long a run is interrupted and counts as failed. */
    public Duration timeout() {
        return timeout;
    }

    public Priority priorityOf(J job) {
        return priority.apply(job);
    }

    /** The key for fairness: no lane of a type delays another. Empty for jobs that share one lane. */
    public String laneOf(J job) {
        return Objects.requireNonNullElse(lane.apply(job), "");
    }

    @Override
    public String toString() {
        return name;
    }

    /** Gathers the policies of a type; not thread-safe. */
    public static final class Builder<J extends Job> {

        private final String name;
        private final Class<J> jobClass;
        private JobCodec<J> codec;
        private RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
        private Duration timeout = Duration.ofMinutes(1);
        private Function<J, Priority> priority = job -> Priority.NORMAL;
        private Function<J, @Nullable String> lane = job -> null;

        private Builder(String name, Class<J> jobClass) {
            this.name = name;
            this.jobClass = jobClass;
            this.codec = new JsonJobCodec<>(jobClass);
        }

        /** Replaces the default, JSON. */
        public Builder<J> codec(JobCodec<J> replacement) {
            codec = replacement;
            return this;
        }

        /** Default: {@link RetryPolicy#DEFAULT}. */
        public Builder<J> retry(RetryPolicy policy) {
            retryPolicy = policy;
            return this;
        }

        /** Default: one minute. */
        public Builder<J> timeout(Duration longestRun) {
            timeout = longestRun;
            return this;
        }

        /** Default: {@link Priority#NORMAL} for every job. */
        public Builder<J> priority(Function<J, Priority> choice) {
            priority = choice;
            return this;
        }

        /** Default: one lane for all jobs of the type. */
        public Builder<J> lane(Function<J, @Nullable String> key) {
            lane = key;
            return this;
        }

        public JobType<J> build() {
            return new JobType<>(this);
        }
    }
}
