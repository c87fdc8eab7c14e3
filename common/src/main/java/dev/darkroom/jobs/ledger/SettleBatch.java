package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.NewFlow;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.unique.ReleaseKeys;
import dev.darkroom.telemetry.TraceScope;
import it.unimi.dsi.fastutil.longs.Long2ObjectMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes that one transaction settles. Used once, by one thread. Loops where streams would read better: each is gone
 * through for every job, mostly to find nothing, and a stream costs several times as much.
 */
final class SettleBatch {

    /** After these a job holds no key any more; one that comes back from the failed table takes it again. */
    private static final Set<Settlement> ENDS = EnumSet.of(Settlement.DONE, Settlement.DISCARDED, Settlement.FAILED);

    private final JobTransaction transaction;
    private final List<FinishedJob> jobs;
    private final String worker;
    private final RandomGenerator random;
    private final Long2ObjectMap<Settlement> settlements;
    /** Of rows that belong to anything. */
    private final Map<Long, RowLinks> links = new HashMap<>();
    /** Each built once, when first asked for: it holds a printed stack. */
    private final Map<Long, Failure> failures = new HashMap<>();
    /** When each had become due; null if that is not asked for. */
    private final @Nullable Map<Long, Long> due;

    /** Of all jobs together, so that they cost as few statements as those of one. */
    private final List<NewJob> followUps = new ArrayList<>();

    private final List<NewFlow> flows = new ArrayList<>();

    /** By the trace of each run, which is its own. */
    private final Map<String, Outcome.Done> traced = new LinkedHashMap<>();

    /** @param measured whether to ask since when the jobs were due */
    SettleBatch(
            JobTransaction transaction,
            List<FinishedJob> jobs,
            String worker,
            RandomGenerator random,
            boolean measured) {
        this.due = measured ? new HashMap<>() : null;
        this.transaction = transaction;
        // Two batches that write the same rows do so in the same order, lest they wait for each other.
        this.jobs = new ArrayList<>(jobs);
        this.jobs.sort(Comparator.comparingLong(FinishedJob::id));
        // A hash table of the library: ids grow in steps, and in one of the JDK eight after each other would collide.
        this.settlements = new Long2ObjectOpenHashMap<>(jobs.size());
        this.worker = worker;
        this.random = random;
    }

    void settle() throws SQLException {
        for (FinishedJob job : jobs) {
            if (settlements.put(job.id(), Settlement.SUPERSEDED) != null) {
                throw new IllegalArgumentException(
                        "Two runs of job " + job.id() + " in one batch: each needs its own, or both would count");
            }
        }
        Set<Long> spared = SpareAttempts.of(connection(), jobs);
        end();
        putBack(spared);
        releaseKeys();
        // After the keys are free: a job may ask for the next of its own kind.
        transaction.enqueue(followUps);
        flows.forEach(transaction::enqueueFlow);
        traced.forEach((trace, done) -> {
            try (TraceScope scope = TraceScope.of(trace)) {
                transaction.enqueue(done.followUps());
                done.flows().forEach(transaction::enqueueFlow);
            }
        });
    }

    Map<Long, Settlement> settlements() {
        return settlements;
    }

    /** After the commit. */
    void tell(DueTimes dueTimes) {
        Map<Long, Long> known = due == null ? Map.of() : due;
        for (FinishedJob job : jobs) {
            Long nanoTime = known.get(job.id());
            if (nanoTime != null) {
                dueTimes.wasDue(job, nanoTime);
            }
        }
    }

    private void end() throws SQLException {
        List<FinishedJob> ending = new ArrayList<>(jobs.size());
        for (FinishedJob job : jobs) {
            if (job.outcome() instanceof Outcome.Done || job.outcome() instanceof Outcome.Discard) {
                ending.add(job);
            }
        }
        Long2ObjectMap<RowLinks> ended = DeleteJobs.fenced(connection(), ending, due);
        for (FinishedJob job : ending) {
            RowLinks row = ended.get(job.id());
            if (row == null) {
                continue;
            }
            settlements.put(
                    job.id(), job.outcome() instanceof Outcome.Done done ? finish(job, done) : Settlement.DISCARDED);
            if (!row.equals(RowLinks.NONE)) {
                links.put(job.id(), row);
            }
        }
    }

    private Settlement finish(FinishedJob job, Outcome.Done done) throws SQLException {
        if (!done.writes().isEmpty()) {
            write(job, done);
        }
        if (job.trace() == null) {
            followUps.addAll(done.followUps());
            flows.addAll(done.flows());
        } else if (!done.followUps().isEmpty() || !done.flows().isEmpty()) {
            traced.put(job.trace(), done);
        }
        return Settlement.DONE;
    }

    private void write(FinishedJob job, Outcome.Done done) throws SQLException {
        try (TraceScope scope = TraceScope.of(job.trace())) {
            for (var write : done.writes()) {
                write.write(transaction);
            }
        }
    }

    private void releaseKeys() throws SQLException {
        List<Long> ended = new ArrayList<>();
        for (FinishedJob job : jobs) {
            if (job.marks().has(Mark.UNIQUE) && ENDS.contains(settlements.get(job.id()))) {
                ended.add(job.id());
            }
        }
        if (!ended.isEmpty()) {
            ReleaseKeys.ofEnded(connection(), ended.toArray(Long[]::new));
        }
    }

    /** @param spared jobs that failed without using an attempt */
    private void putBack(Set<Long> spared) throws SQLException {
        List<Postponement> later = new ArrayList<>();
        List<FinishedJob> atOnce = new ArrayList<>();
        List<FinishedJob> failed = new ArrayList<>();
        for (FinishedJob job : jobs) {
            if (job.outcome() instanceof Outcome.Retry retry) {
                if (spared.contains(job.id())) {
                    later.add(Postponement.spared(job, retry));
                } else if (job.type().retryPolicy().allowsAnother(job.attempt() + 1)) {
                    later.add(Postponement.afterFailure(job, retry, random));
                } else {
                    failed.add(job);
                }
            } else if (job.outcome() instanceof Outcome.Snooze snooze) {
                if (snooze.delay().isZero()) {
                    atOnce.add(job);
                } else {
                    later.add(new Postponement(job, snooze.delay(), 0));
                }
            }
        }
        record(PostponeJobs.toLater(connection(), later), Settlement.RETRIED);
        later.stream()
                .filter(postponed -> postponed.failures() == 0)
                .forEach(snoozed -> settlements.replace(snoozed.job().id(), Settlement.RETRIED, Settlement.SNOOZED));
        record(PostponeJobs.giveBack(connection(), atOnce), Settlement.SNOOZED);
        List<Failure> reasons = failed.stream().map(this::failureOf).toList();
        record(FailJobs.fenced(connection(), failed, reasons, worker), Settlement.FAILED);
    }

    private void record(Map<Long, RowLinks> rows, Settlement settlement) {
        links.putAll(rows);
        rows.keySet().forEach(id -> settlements.put(id.longValue(), settlement));
    }

    /** Tells each listener of those whose outcome counted and that it is concerned with. */
    void tell(List<SettlementListener> listeners) throws SQLException {
        for (SettlementListener listener : listeners) {
            List<SettledJob> concerned = new ArrayList<>();
            for (FinishedJob job : jobs) {
                if (listener.concerns(job) && settlements.get(job.id()) != Settlement.SUPERSEDED) {
                    concerned.add(settled(job));
                }
            }
            if (!concerned.isEmpty()) {
                listener.settled(transaction, concerned);
            }
        }
    }

    private SettledJob settled(FinishedJob job) {
        String fingerprint =
                job.outcome() instanceof Outcome.Retry ? failureOf(job).fingerprint() : null;
        return new SettledJob(
                job,
                settlements.getOrDefault(job.id(), Settlement.SUPERSEDED),
                links.getOrDefault(job.id(), RowLinks.NONE),
                fingerprint);
    }

    private Failure failureOf(FinishedJob job) {
        return failures.computeIfAbsent(job.id(), id -> Failure.of((Outcome.Retry) job.outcome()));
    }

    private Connection connection() {
        return transaction.connection();
    }
}
