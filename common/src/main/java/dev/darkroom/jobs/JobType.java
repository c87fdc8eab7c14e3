package dev.darkroom.jobs;

import dev.darkroom.jobs.sensitive.SensitiveForm;
import dev.darkroom.jobs.sensitive.SensitiveKeys;
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
    private final Duration grace;
    private final @Nullable Duration expiresAfter;
    private final @Nullable UniqueKey<J> uniqueKey;
    private final Function<J, Priority> priority;
    private final Function<J, @Nullable String> lane;
    private final @Nullable BreakerPolicy breaker;
    private final JobLimits limits;

    private JobType(Builder<J> builder) {
        this.name = builder.name;
        this.jobClass = builder.jobClass;
        this.codec = builder.codec == null
                ? new JsonJobCodec<>(jobClass, SensitiveForm.encrypted(builder.sensitiveKeys, name))
                : builder.codec;
        this.retryPolicy = builder.retryPolicy;
        this.timeout = builder.timeout;
        this.grace = builder.grace;
        this.expiresAfter = builder.expiresAfter;
        this.uniqueKey = builder.uniqueKey;
        this.priority = builder.priority;
        this.lane = builder.lane;
        this.breaker = builder.breaker;
        this.limits = builder.limits;
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

    /** So long after the interrupt the thread of a run that does not heed it is given up. */
    public Duration grace() {
        return grace;
    }

    /** So long after it was first due a job is discarded instead of run; null for never. */
    public @Nullable Duration expiresAfter() {
        return expiresAfter;
    }

    /** Of which jobs there is one at a time; null if there may be any number of each. */
    public @Nullable UniqueKey<J> uniqueKey() {
        return uniqueKey;
    }

    public Priority priorityOf(J job) {
        return priority.apply(job);
    }

    /** The key for fairness: no lane of a type delays another. Empty for jobs that share one lane. */
    public String laneOf(J job) {
        return Objects.requireNonNullElse(lane.apply(job), "");
    }

    /** When lanes are held back whose other side cannot be reached; null for never. */
    public @Nullable BreakerPolicy breaker() {
        return breaker;
    }

    /** What holds unless a person has set other limits. */
    public JobLimits limits() {
        return limits;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Gathers the policies of a type; not thread-safe. */
    public static final class Builder<J extends Job> {

        private final String name;
        private final Class<J> jobClass;
        private @Nullable JobCodec<J> codec;
        private SensitiveKeys sensitiveKeys = SensitiveKeys.fromEnvironment();
        private RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
        private Duration timeout = Duration.ofMinutes(1);
        private Duration grace = Duration.ofSeconds(5);
        private @Nullable Duration expiresAfter;
        private @Nullable UniqueKey<J> uniqueKey;
        private Function<J, Priority> priority = job -> Priority.NORMAL;
        private Function<J, @Nullable String> lane = job -> null;
        private @Nullable BreakerPolicy breaker;
        private JobLimits limits = JobLimits.NONE;

        private Builder(String name, Class<J> jobClass) {
            this.name = name;
            this.jobClass = jobClass;
        }

        /** Replaces the default, JSON. */
        public Builder<J> codec(JobCodec<J> replacement) {
            codec = replacement;
            return this;
        }

        /** For sensitive components of the job, under the default codec. Default: those of the environment. */
        public Builder<J> sensitiveKeys(SensitiveKeys keys) {
            sensitiveKeys = keys;
            return this;
        }

        /** Default: {@link RetryPolicy#DEFAULT}. */
        public Builder<J> retry(RetryPolicy policy) {
            retryPolicy = policy;
            return this;
        }

        /**
         * How long a run may take; default one minute. Then its thread is interrupted.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder<J> timeout(Duration longestRun) {
            timeout = positive("time-out", longestRun);
            return this;
        }

        /**
         * How long after the interrupt a run may still end; default five seconds. Then it counts as failed, and another
         * thread takes the place of its own.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder<J> grace(Duration afterInterrupt) {
            grace = positive("grace", afterInterrupt);
            return this;
        }

        /**
         * How long after it was first due a job is still of use; default for ever. Later it is discarded instead of run,
         * also before a retry. A run that has begun may end.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder<J> expiresAfter(Duration deadline) {
            expiresAfter = positive("deadline", deadline);
            return this;
        }

        /** Default: there may be any number of jobs of each kind. */
        public Builder<J> unique(UniqueKey<J> key) {
            uniqueKey = key;
            return this;
        }

        private Duration positive(String what, Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("The " + what + " of " + name + " is positive: " + duration);
            }
            return duration;
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

        /** Default: none, so that {@link Outcome#unreachable} is a failure like any other. */
        public Builder<J> breaker(BreakerPolicy policy) {
            breaker = policy;
            return this;
        }

        /** At most so many jobs in the period, over all workers. Default: no limit. Limited types pass through the relay. */
        public Builder<J> rateLimit(long count, Duration period) {
            limits = limits.withRate(new Rate(count, period));
            return this;
        }

        /** At most so many jobs at a time, over all workers. Default: no limit. */
        public Builder<J> concurrency(int most) {
            limits = limits.withConcurrency(most);
            return this;
        }

        /** At most so many jobs of each lane in the period, over all workers. Default: no limit. */
        public Builder<J> laneRateLimit(long count, Duration period) {
            limits = limits.withLaneRate(new Rate(count, period));
            return this;
        }

        /** At most so many jobs of each lane at a time, over all workers. Default: no limit. */
        public Builder<J> laneConcurrency(int most) {
            limits = limits.withLaneConcurrency(most);
            return this;
        }

        public JobType<J> build() {
            return new JobType<>(this);
        }
    }
}
