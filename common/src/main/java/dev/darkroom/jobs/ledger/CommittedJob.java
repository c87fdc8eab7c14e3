package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.Priority;
import org.jspecify.annotations.Nullable;

/**
 * A job whose row has just been committed for the first time, with all that is needed to hand it to Gearman.
 *
 * @param lane empty for none
 * @param trace the trace it carries; null if it carries none
 * @param expiresAt its deadline by the database's clock, in microseconds since 1970; 0 if it has none
 */
public record CommittedJob(
        long id,
        JobType<?> type,
        Priority priority,
        String lane,
        byte[] arguments,
        JobMarks marks,
        @Nullable String trace,
        long expiresAt) {}
