package dev.darkroom.jobs;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Of the jobs of a type with the same key there is one at a time, within one physical database. A job whose key is held is
 * not enqueued, and whoever wanted to enqueue it is told which job holds the key.
 *
 * @param scope how long a job holds its key
 * @param period for {@link Scope#PERIOD}, by the database's clock; zero otherwise
 * @param key of a job, at most {@value #LONGEST} characters; null for one that may be there any number of times
 */
public record UniqueKey<J extends Job>(Scope scope, Duration period, Function<J, @Nullable String> key) {

    public static final int LONGEST = 256;

    /** How long a job holds its key. */
    public enum Scope {
        /** Until its first run begins: what is enqueued from then on may not have been seen by that run. */
        WHILE_WAITING,
        /** Until it is done, discarded or failed for good: also through its retries. */
        UNTIL_DONE,
        /** For a time after it was enqueued, whatever becomes of it. */
        PERIOD
    }

    public UniqueKey {
        if ((scope == Scope.PERIOD) != (period.toNanos() > 0) || period.isNegative()) {
            throw new IllegalArgumentException("Only a key for a period has one, and that is positive: " + period);
        }
    }

    public static <J extends Job> UniqueKey<J> whileWaiting(Function<J, @Nullable String> key) {
        return new UniqueKey<>(Scope.WHILE_WAITING, Duration.ZERO, key);
    }

    public static <J extends Job> UniqueKey<J> untilDone(Function<J, @Nullable String> key) {
        return new UniqueKey<>(Scope.UNTIL_DONE, Duration.ZERO, key);
    }

    public static <J extends Job> UniqueKey<J> forPeriod(Duration period, Function<J, @Nullable String> key) {
        return new UniqueKey<>(Scope.PERIOD, period, key);
    }

    /**
     * The key of a job.
     *
     * @throws JobException if it is too long
     */
    public @Nullable String of(J job) {
        String found = key.apply(job);
        if (found != null && found.length() > LONGEST) {
            throw new JobException("A unique key has at most " + LONGEST + " characters, not " + found.length()
                    + "; nothing was enqueued. Use a digest of what is long.");
        }
        return found;
    }
}
