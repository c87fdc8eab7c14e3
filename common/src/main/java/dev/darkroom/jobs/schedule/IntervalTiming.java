package dev.darkroom.jobs.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Again and again after the same time. */
record IntervalTiming(Duration interval) implements Timing {

    private static final String PREFIX = "every ";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(3_660);

    IntervalTiming {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new ScheduleException("An interval is one second to ten years, not " + interval);
        }
        if (interval.toNanosPart() % 1_000 != 0) {
            throw new ScheduleException("An interval is of whole microseconds, as the database counts: " + interval);
        }
    }

    static IntervalTiming parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new ScheduleException("Neither a cron expression nor an interval: " + text);
        }
        try {
            return new IntervalTiming(Duration.parse(text.substring(PREFIX.length())));
        } catch (DateTimeException e) {
            throw new ScheduleException("Not an interval: " + text, e);
        }
    }

    @Override
    public Instant next(Instant anchor, Instant after) {
        if (after.isBefore(anchor)) {
            return anchor;
        }
        long whole = Duration.between(anchor, after).dividedBy(interval);
        return anchor.plus(interval.multipliedBy(whole + 1));
    }

    @Override
    public Duration shortest() {
        return interval;
    }

    @Override
    public String text() {
        return PREFIX + interval;
    }
}
