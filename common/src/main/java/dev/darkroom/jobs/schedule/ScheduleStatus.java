package dev.darkroom.jobs.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one schedule stands.
 *
 * @param timing the cron expression with its time zone, or the interval
 * @param missed what becomes of times that were missed
 * @param nextAt when it is due next; null while it is paused
 * @param isOverdue due for more than a minute: no relay runs, or none that knows this schedule
 * @param lastAt when it last enqueued anything; null if never
 * @param enqueued how many jobs it has enqueued since it came to be
 * @param pausedBy who paused it; null if it is not paused
 * @param askedBy who has asked it to run now, until it does; null if nobody has
 */
public record ScheduleStatus(
        String name,
        String timing,
        String missed,
        @Nullable Instant nextAt,
        boolean isOverdue,
        @Nullable Instant lastAt,
        long enqueued,
        @Nullable String pausedBy,
        @Nullable Instant pausedAt,
        @Nullable String askedBy) {}
