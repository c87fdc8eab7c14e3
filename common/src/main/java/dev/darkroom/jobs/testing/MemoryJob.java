package dev.darkroom.jobs.testing;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobId;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.Priority;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the ledger in memory; what changes is changed by replacing it. */
record MemoryJob(JobType<?> type, Fixed fixed, int turn, int attempt, Instant runAt, String reason) {

    /** What stays as it is through all runs. */
    record Fixed(
            long id,
            byte[] arguments,
            Priority priority,
            @Nullable Instant expiresAt,
            @Nullable Long flow) {}

    long id() {
        return fixed.id();
    }

    byte[] arguments() {
        return fixed.arguments();
    }

    /** Read from what is stored, so that a codec that loses something is found. */
    Job job() {
        return type.codec().decode(fixed.arguments());
    }

    boolean isExpired(Instant now) {
        return fixed.expiresAt() != null && !fixed.expiresAt().isAfter(now);
    }

    MemoryJob failedOnce(Instant next, String why) {
        return new MemoryJob(type, fixed, turn + 1, attempt + 1, next, why);
    }

    MemoryJob snoozed(Instant next) {
        return new MemoryJob(type, fixed, turn + 1, attempt, next, reason);
    }

    KitJob shown() {
        return new KitJob(new JobId(id()), job(), attempt, runAt, reason);
    }
}
