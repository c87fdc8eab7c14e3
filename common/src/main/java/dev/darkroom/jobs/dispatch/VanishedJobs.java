package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.ledger.KnownWorkers;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Jobs that were handed out and that no job server knows any more. One of them may have killed its process a moment ago, and
 * must not kill the next: so it waits until every process that does its type has been heard of since, or the silent one was
 * reported dead and the job with it. Used by one thread.
 */
final class VanishedJobs {

    private final Map<JobTurn, Long> since = new HashMap<>();

    /** Those of the jobs of one type that may be handed out again; the others are to be asked after again. */
    List<JobTurn> free(Collection<JobTurn> vanished, String type, KnownWorkers workers) {
        long now = System.nanoTime();
        List<JobTurn> free = vanished.stream()
                .filter(job -> workers.allHeardOfSince(type, since.computeIfAbsent(job, first -> now)))
                .toList();
        free.forEach(since::remove);
        return free;
    }

    /** They were found alive, or ended. */
    void keepOnly(Collection<JobTurn> vanished) {
        since.keySet().retainAll(new HashSet<>(vanished));
    }

    boolean isEmpty() {
        return since.isEmpty();
    }
}
