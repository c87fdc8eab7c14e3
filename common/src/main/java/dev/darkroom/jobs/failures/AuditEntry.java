package dev.darkroom.jobs.failures;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person did to the failed jobs of one database.
 *
 * @param jobs so many so far
 * @param endedAt null while it goes on, or where it was cut short
 */
public record AuditEntry(
        int database,
        Instant at,
        String actor,
        Act act,
        long jobs,
        @Nullable Instant endedAt) {

    /** @param name {@link #DISCARD} or {@link #EXPORT} */
    public record Act(String name, FailureFilter filter) {

        public static final String DISCARD = "discard";
        public static final String EXPORT = "export";
    }
}
