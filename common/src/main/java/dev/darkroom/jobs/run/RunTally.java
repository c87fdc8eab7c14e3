package dev.darkroom.jobs.run;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.darkroom.jobs.JobId;
import dev.darkroom.jobs.ledger.DueTimes;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.Mark;
import dev.darkroom.jobs.ledger.RecentRuns;
import dev.darkroom.jobs.ledger.RunCounts;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.ledger.StartedRun;
import dev.darkroom.jobs.watch.TypeMeters;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What this process has done so far, for one database: counts and times by type, and the jobs it is in the middle of.
 * Thread-safe.
 */
final class RunTally implements DueTimes {

    private final Map<String, Count> counts = new HashMap<>();
    private final Map<String, TypeMeters> meters = new HashMap<>();
    private final Map<Long, StartedRun> started = new ConcurrentHashMap<>();

    /** Of one type. Guarded by {@link #counts}. */
    private static final class Count {

        private long done;
        private long retried;
        private long snoozed;
        private long discarded;
        private long failed;
        private long micros;

        private void add(Settlement settlement, long runMicros) {
            switch (settlement) {
                case DONE -> done++;
                case RETRIED -> retried++;
                case SNOOZED -> snoozed++;
                case DISCARDED -> discarded++;
                case FAILED -> failed++;
                case SUPERSEDED -> {
                    // The outcome of another run counts in its place, and so does its time.
                    return;
                }
            }
            micros += runMicros;
        }

        private RunCounts read() {
            return new RunCounts(done, retried, snoozed, discarded, failed, micros);
        }
    }

    /** @param registry where its figures are to be seen */
    RunTally(int database, Collection<String> types, MetricRegistry registry) {
        for (String type : types) {
            counts.put(type, new Count());
            meters.put(type, new TypeMeters(registry, database, type, Clock.defaultClock()));
        }
        registry.gauge("jobs.running.database-" + database, () -> (Gauge<Integer>) started::size);
    }

    /** Ids grow in steps, so that their low bits are all alike: turned round, they spread over a hash table. */
    private static Long key(long id) {
        return Long.rotateRight(id, JobId.DATABASE_BITS);
    }

    /** @param lane empty for none */
    void started(long id, int turn, String lane) {
        started.put(key(id), new StartedRun(id, turn, lane, System.nanoTime()));
    }

    void settled(long id, String type, Settlement settlement, long micros) {
        StartedRun run = started.remove(key(id));
        synchronized (counts) {
            Count count = counts.get(type);
            if (count != null) {
                count.add(settlement, micros);
            }
        }
        TypeMeters ofType = meters.get(type);
        if (ofType != null) {
            ofType.settled(run == null ? "" : run.lane(), settlement, micros);
        }
    }

    /** Before the run is noted as settled. One that no thread had begun has not waited to its end. */
    @Override
    public void wasDue(FinishedJob job, long nanoTime) {
        StartedRun run = started.get(key(job.id()));
        TypeMeters ofType = meters.get(job.type().name());
        if (run != null && ofType != null && !job.marks().has(Mark.PROBE)) {
            ofType.waited(run.lane(), TimeUnit.NANOSECONDS.toMicros(run.began() - nanoTime));
        }
    }

    void abandoned(long id) {
        started.remove(key(id));
    }

    /** By id. */
    List<StartedRun> startedRuns() {
        return started.values().stream()
                .sorted(Comparator.comparingLong(StartedRun::id))
                .toList();
    }

    Map<String, RecentRuns> lastMinute() {
        Map<String, RecentRuns> recent = new TreeMap<>();
        meters.forEach((type, ofType) -> recent.put(type, ofType.lastMinute()));
        return recent;
    }

    Map<String, RunCounts> counts() {
        synchronized (counts) {
            Map<String, RunCounts> read = new TreeMap<>();
            counts.forEach((type, count) -> read.put(type, count.read()));
            return read;
        }
    }
}
