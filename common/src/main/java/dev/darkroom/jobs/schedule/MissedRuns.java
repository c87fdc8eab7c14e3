package dev.darkroom.jobs.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What becomes of times at which nobody was there to enqueue: no relay ran, or the database was away.
 *
 * @param most so many jobs at most make up for what was missed, for the latest times; 0 for none
 */
public record MissedRuns(int most) {

    /** None is made up for. What is late by no more than a minute, as when a relay takes over, is not missed. */
    public static final MissedRuns SKIP = new MissedRuns(0);

    /** One job makes up for all. */
    public static final MissedRuns ONCE = new MissedRuns(1);

    private static final int LARGEST = 1_000;
    private static final Duration IN_TIME = Duration.ofMinutes(1);

    public MissedRuns {
        if (most < 0 || most > LARGEST) {
            throw new ScheduleException("At most 1,000 missed runs are made up for, not " + most);
        }
    }

    /** Each is made up for, the latest {@code most} of them: 1 to 1,000. */
    public static MissedRuns all(int most) {
        return new MissedRuns(most);
    }

    /** @throws ScheduleException if {@link #text} has not written it */
    static MissedRuns parse(String text) {
        try {
            return switch (text) {
                case "skip" -> SKIP;
                case "once" -> ONCE;
                default -> all(Integer.parseInt(text.substring(text.indexOf(' ') + 1)));
            };
        } catch (NumberFormatException e) {
            throw new ScheduleException("Not a way to treat missed runs: " + text, e);
        }
    }

    /** As it is stored and shown. */
    String text() {
        return switch (most) {
            case 0 -> "skip";
            case 1 -> "once";
            default -> "all " + most;
        };
    }

    /** For which of the times that have come a job is to be enqueued, ascending. */
    List<Instant> chosen(Timing timing, Instant nextAt, Instant now) {
        if (most > 0) {
            return timing.latest(nextAt, now, most);
        }
        return timing.latest(nextAt, now, 1).stream()
                .filter(time -> !time.isBefore(now.minus(IN_TIME)))
                .toList();
    }
}
