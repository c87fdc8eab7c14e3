package dev.darkroom.jobs.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Objects;
import java.util.Optional;

/**
 * A cron expression of five fields on the clocks of a time zone. When the clocks go back, a time of day comes once and
 * what is due every hour or more often goes on through both. When they go forward, a time of day that they leave out is
 * made up for at that moment, unless the next comes within as long as they left out.
 */
final class CronTiming implements Timing {

    static final String PREFIX = "cron ";

    private final String expression;
    private final ZoneId zone;
    private final ExecutionTime times;

    CronTiming(String expression, ZoneId zone) {
        this.expression = expression.strip().replaceAll("\\s+", " ");
        this.zone = zone;
        this.times = read(this.expression);
    }

    private static ExecutionTime read(String expression) {
        try {
            CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
            ExecutionTime times = ExecutionTime.forCron(parser.parse(expression).validate());
            if (times.nextExecution(Instant.EPOCH.atZone(ZoneOffset.UTC)).isEmpty()) {
                throw new ScheduleException("A day that no month has: \"" + expression + "\"");
            }
            return times;
        } catch (IllegalArgumentException e) {
            throw new ScheduleException(
                    "Not a cron expression of minute, hour, day, month, weekday: \"" + expression + "\" ("
                            + e.getMessage() + ")",
                    e);
        }
    }

    static CronTiming parse(String text) {
        int zone = text.lastIndexOf(' ');
        if (zone < PREFIX.length()) {
            throw new ScheduleException("Not a cron expression with a time zone: " + text);
        }
        try {
            return new CronTiming(text.substring(PREFIX.length(), zone), ZoneId.of(text.substring(zone + 1)));
        } catch (DateTimeException e) {
            throw new ScheduleException("Not a time zone at the end of: " + text, e);
        }
    }

    @Override
    public Instant next(Instant anchor, Instant after) {
        Instant regular = times.nextExecution(after.atZone(zone))
                .map(ZonedDateTime::toInstant)
                .orElseThrow(() -> new ScheduleException("The cron expression never comes again: " + expression));
        // A time that does not lie ahead would be enqueued for ever.
        if (!regular.isAfter(after)) {
            throw new ScheduleException("The cron expression " + expression + " goes back in time after " + after);
        }
        return leftOut(after, regular).orElse(regular);
    }

    /** The first moment before the regular time at which the clocks go forward over a time that is due. */
    private Optional<Instant> leftOut(Instant after, Instant regular) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(after);
        while (change != null && change.getInstant().isBefore(regular)) {
            if (change.isGap() && isLeftOut(change, regular)) {
                return Optional.of(change.getInstant());
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return Optional.empty();
    }

    private boolean isLeftOut(ZoneOffsetTransition change, Instant regular) {
        if (!regular.isAfter(change.getInstant().plus(change.getDuration()))) {
            return false;
        }
        // The same expression on clocks that leave nothing out. The end of the gap is due at its moment, too: the
        // library passes over it where the clocks change by half an hour.
        ZonedDateTime before = change.getDateTimeBefore().minusSeconds(1).atZone(ZoneOffset.UTC);
        return times.nextExecution(before)
                .filter(time -> !time.toLocalDateTime().isAfter(change.getDateTimeAfter()))
                .isPresent();
    }

    @Override
    public Duration shortest() {
        return Duration.ofMinutes(1);
    }

    @Override
    public String text() {
        return PREFIX + expression + " " + zone.getId();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CronTiming timing && timing.text().equals(text());
    }

    @Override
    public int hashCode() {
        return Objects.hash(expression, zone);
    }

    @Override
    public String toString() {
        return text();
    }
}
