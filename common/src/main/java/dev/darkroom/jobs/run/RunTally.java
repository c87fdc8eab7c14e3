package dev.darkroom.jobs.run;

import dev.darkroom.jobs.ledger.RunCounts;
import dev.darkroom.jobs.ledger.Settlement;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What this process has done so far, for one database: counts by type and the jobs it is in the middle of. Thread-safe. */
final class RunTally {

    private final Map<String, RunCounts> counts = new TreeMap<>();
    private final java.util.Set<Long> started = ConcurrentHashMap.newKeySet();

    RunTally(Collection<String> types) {
        types.forEach(type -> counts.put(type, RunCounts.ZERO));
    }

    void started(long id) {
        started.add(id);
    }

    void settled(long id, String type, Settlement settlement, long micros) {
        started.remove(id);
        synchronized (counts) {
            counts.computeIfPresent(type, (name, count) -> count.plus(settlement, micros));
        }
    }

    void abandoned(long id) {
        started.remove(id);
    }

    long[] startedJobs() {
        return started.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    Map<String, RunCounts> counts() {
        synchronized (counts) {
            return new TreeMap<>(counts);
        }
    }
}
