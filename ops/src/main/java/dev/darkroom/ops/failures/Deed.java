package dev.darkroom.ops.failures;

import dev.darkroom.jobs.failures.AuditEntry;
import dev.darkroom.jobs.failures.FailureFilter;
import dev.darkroom.jobs.replay.Replay;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person did to failed jobs.
 *
 * @param action {@code discard}, {@code export} or {@code replay}
 * @param replay number of the replay; null for the others
 * @param database null for a replay, which is one for all
 * @param jobs that went, were given out or were selected
 * @param endedAt null while it goes on, or where it was cut short
 */
record Deed(
        Instant at,
        String actor,
        String action,
        @Nullable Long replay,
        @Nullable Integer database,
        FailureFilter filter,
        long jobs,
        @Nullable Instant endedAt) {

    static Deed of(AuditEntry entry) {
        return new Deed(
                entry.at(),
                entry.actor(),
                entry.act().name(),
                null,
                entry.database(),
                entry.act().filter(),
                entry.jobs(),
                entry.endedAt());
    }

    static Deed of(Replay replay) {
        return new Deed(
                replay.order().at(),
                replay.order().by(),
                "replay",
                replay.id(),
                null,
                replay.order().filter(),
                replay.progress().selected(),
                replay.endedAt());
    }

    Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("at", at.toString());
        members.put("by", actor);
        members.put("action", action);
        members.put("replay", replay);
        members.put("database", database);
        members.put("filter", filter.toMap());
        members.put("jobs", jobs);
        members.put("ended_at", endedAt == null ? null : endedAt.toString());
        return members;
    }
}
