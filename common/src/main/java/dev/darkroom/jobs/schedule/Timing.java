package dev.darkroom.jobs.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The times at which a schedule is due. Immutable. */
sealed interface Timing permits CronTiming, IntervalTiming {

    /**
     * The first time after an instant.
     *
     * @param anchor one of the times, from which an interval is counted; there is none before it
     * @throws ScheduleException if there is none any more
     */
    Instant next(Instant anchor, Instant after);

    /** The first time for a schedule that begins, or begins anew, at an instant. */
    default Instant following(Instant begin) {
        return next(begin, begin);
    }

    /** No two times are closer to each other. */
    Duration shortest();

    /** As it is stored and shown; {@link #parse} reads it. */
    String text();

    /** @throws ScheduleException if {@link #text} has not written it */
    static Timing parse(String text) {
        if (text.startsWith(CronTiming.PREFIX)) {
            return CronTiming.parse(text);
        }
        return IntervalTiming.parse(text);
    }

    /**
     * The latest times of a span, ascending.
     *
     * @param from one of the times
     * @param to inclusive
     * @param most as many are returned, or fewer if there are fewer
     */
    default List<Instant> latest(Instant from, Instant to, int most) {
        // From the end backwards, in steps that grow: the times of a year that was missed need not all be gone through.
        Duration reach = shortest().multipliedBy(most);
        while (true) {
            Instant begin = later(from, to.minus(reach));
            List<Instant> found = between(from, begin, to);
            if (found.size() >= most || begin.equals(from)) {
                return found.subList(Math.max(0, found.size() - most), found.size());
            }
            reach = reach.multipliedBy(4);
        }
    }

    private List<Instant> between(Instant anchor, Instant begin, Instant end) {
        List<Instant> times = new ArrayList<>();
        for (Instant time = next(anchor, begin.minusNanos(1)); !time.isAfter(end); time = next(anchor, time)) {
            times.add(time);
        }
        return times;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
