package dev.darkroom.jobs.run;

import dev.darkroom.jobs.ledger.RunCounts;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.ledger.StartedRun;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What this process has done so far, for one database: counts by type and the jobs it is in the middle of. Thread-safe. */
final class RunTally {

    private final Map<String, RunCounts> counts = new TreeMap<>();
    private final Map<Long, StartedRun> started = new ConcurrentHashMap<>();

    RunTally(Collection<String> types) {
        types.forEach(type -> counts.put(type, RunCounts.ZERO));
    }

    void started(long id, int turn) {
        started.put(id, new StartedRun(id, turn, System.nanoTime()));
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

    /** By id. */
    List<StartedRun> startedRuns() {
        return started.values().stream()
                .sorted(Comparator.comparingLong(StartedRun::id))
                .toList();
    }

    Map<String, RunCounts> counts() {
        synchronized (counts) {
            return new TreeMap<>(counts);
        }
    }
}
