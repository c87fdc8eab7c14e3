package dev.darkroom.jobs.schedule;

import dev.darkroom.jobs.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A job that is enqueued again and again, such as
 * {@code Schedule.named("invoices.month").cron("0 6 1 * *", berlin).enqueue(SendInvoices::new)}. Immutable.
 */
public final class Schedule {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*");
    private static final int LONGEST_NAME = 64;

    private final String name;
    private final Timing timing;
    private final MissedRuns missed;
    private final Function<Instant, Job> job;

    private Schedule(String name, Timing timing, MissedRuns missed, Function<Instant, Job> job) {
        this.name = name;
        this.timing = timing;
        this.missed = missed;
        this.job = job;
    }

    /**
     * Begins a schedule.
     *
     * @param name stable for ever: what a person has set is kept under it
     * @throws ScheduleException if the name is not lower-case words joined by dots or hyphens, or over 64 characters
     */
    public static Builder named(String name) {
        if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
            throw new ScheduleException(
                    "A schedule is named in lower-case words joined by dots, at most 64 characters: " + name);
        }
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    Timing timing() {
        return timing;
    }

    MissedRuns missed() {
        return missed;
    }

    /** The job for one of the schedule's times. */
    Job jobFor(Instant time) {
        return job.apply(time);
    }

    /** Gathers when and how; not thread-safe. */
    public static final class Builder {

        private final String name;
        private @Nullable Timing timing;
        private MissedRuns missed = MissedRuns.ONCE;

        private Builder(String name) {
            this.name = name;
        }

        /** As {@link #cron(String, ZoneId)}, on the clocks of UTC. */
        public Builder cron(String expression) {
            return cron(expression, ZoneOffset.UTC);
        }

        /**
         * Due when the clocks of a time zone match.
         *
         * @param expression minute, hour, day of the month, month, weekday, as in crontab; a job whose time of day the
         *     clocks leave out in spring runs when they go forward, and one whose time comes twice in autumn runs once
         * @throws ScheduleException if it cannot be read
         */
        public Builder cron(String expression, ZoneId zone) {
            timing = new CronTiming(expression, zone);
            return this;
        }

        /**
         * Due each time the interval has passed, for the first time one interval after a relay first saw it.
         *
         * @param interval one second to ten years, in whole microseconds
         */
        public Builder every(Duration interval) {
            timing = new IntervalTiming(interval);
            return this;
        }

        /** Default: {@link MissedRuns#ONCE}. */
        public Builder missedRuns(MissedRuns policy) {
            missed = policy;
            return this;
        }

        /** @throws ScheduleException if nothing says when */
        public Schedule enqueue(Job job) {
            return enqueue(time -> job);
        }

        /**
         * Makes a job for each time; a request to run now makes one for the time of the request.
         *
         * @param job called while a transaction is open, again if that is repeated: it makes the record and no more
         * @throws ScheduleException if nothing says when
         */
        public Schedule enqueue(Function<Instant, Job> job) {
            if (timing == null) {
                throw new ScheduleException("The schedule " + name + " needs a cron expression or an interval");
            }
            return new Schedule(name, Objects.requireNonNull(timing), missed, job);
        }
    }
}
