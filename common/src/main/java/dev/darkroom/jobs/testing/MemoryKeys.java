package dev.darkroom.jobs.testing;

import dev.darkroom.jobs.UniqueKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who holds which unique key. */
final class MemoryKeys {

    private final Map<Slot, Holder> holders = new HashMap<>();

    private record Slot(String type, String key) {}

    private record Holder(
            long job, UniqueKey.Scope scope, @Nullable Instant until) {

        boolean isOver(Instant now) {
            return until != null && !until.isAfter(now);
        }
    }

    /** Returns who has the key now: the job itself if it was free. */
    long take(String type, String key, UniqueKey<?> policy, long job, Instant now) {
        Slot slot = new Slot(type, key);
        Holder held = holders.get(slot);
        if (held != null && !held.isOver(now)) {
            return held.job();
        }
        Instant until = policy.scope() == UniqueKey.Scope.PERIOD ? now.plus(policy.period()) : null;
        holders.put(slot, new Holder(job, policy.scope(), until));
        return job;
    }

    void release(long job, UniqueKey.Scope scope) {
        holders.values().removeIf(holder -> holder.job() == job && holder.scope() == scope);
    }

    MemoryKeys copy() {
        MemoryKeys copy = new MemoryKeys();
        copy.holders.putAll(holders);
        return copy;
    }

    void becomeAs(MemoryKeys other) {
        holders.clear();
        holders.putAll(other.holders);
    }
}
