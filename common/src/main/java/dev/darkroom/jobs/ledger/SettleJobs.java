package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.Outcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Settles outcomes in the ledger, many in one transaction. Every statement is fenced by the turn of the run; follow-ups
 * and writes are made only for rows that the fence let through, so settling the same outcome twice changes nothing.
 * Thread-safe.
 */
public final class SettleJobs {

    private final Ledger ledger;
    private final String worker;
    private final RandomGenerator random;

    /** @param worker who ran the jobs, as a person would look for it: host and process */
    public SettleJobs(Ledger ledger, String worker, RandomGenerator random) {
        this.ledger = ledger;
        this.worker = worker;
        this.random = random;
    }

    /**
     * Settles all or, if anything is thrown, possibly none: when the commit's outcome is unknown, call again with the same
     * jobs until it returns.
     *
     * @return what became of each job, by its id
     * @throws dev.darkroom.jobs.JobException if the database refuses or cannot be reached
     */
    public Map<Long, Settlement> settle(List<FinishedJob> jobs) {
        return ledger.inTransaction(transaction -> {
            Map<Long, Settlement> settled = new HashMap<>();
            jobs.forEach(job -> settled.put(job.id(), Settlement.SUPERSEDED));
            end(transaction, jobs, settled);
            putBack(transaction, jobs, settled);
            return settled;
        });
    }

    private static void end(JobTransaction transaction, List<FinishedJob> jobs, Map<Long, Settlement> settled)
            throws SQLException {
        List<FinishedJob> ending = jobs.stream()
                .filter(job -> job.outcome() instanceof Outcome.Done || job.outcome() instanceof Outcome.Discard)
                // Two batches that write the same rows do so in the same order, lest they wait for each other.
                .sorted(Comparator.comparingLong(FinishedJob::id))
                .toList();
        Set<Long> ended = DeleteJobs.fenced(transaction.connection(), ending);
        for (FinishedJob job : ending) {
            if (ended.contains(job.id())) {
                settled.put(
                        job.id(),
                        job.outcome() instanceof Outcome.Done done ? finish(transaction, done) : Settlement.DISCARDED);
            }
        }
    }

    private static Settlement finish(JobTransaction transaction, Outcome.Done done) throws SQLException {
        for (var write : done.writes()) {
            write.write(transaction);
        }
        transaction.enqueue(done.followUps());
        return Settlement.DONE;
    }

    private void putBack(JobTransaction transaction, List<FinishedJob> jobs, Map<Long, Settlement> settled)
            throws SQLException {
        List<Postponement> later = new ArrayList<>();
        List<FinishedJob> atOnce = new ArrayList<>();
        List<FinishedJob> failed = new ArrayList<>();
        for (FinishedJob job : jobs) {
            if (job.outcome() instanceof Outcome.Retry retry) {
                if (job.type().retryPolicy().allowsAnother(job.attempt() + 1)) {
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
        record(PostponeJobs.toLater(transaction.connection(), later), Settlement.RETRIED, settled);
        later.stream()
                .filter(postponed -> postponed.failures() == 0)
                .forEach(snoozed -> settled.replace(snoozed.job().id(), Settlement.RETRIED, Settlement.SNOOZED));
        record(PostponeJobs.giveBack(transaction.connection(), atOnce), Settlement.SNOOZED, settled);
        record(FailJobs.fenced(transaction.connection(), failed, worker), Settlement.FAILED, settled);
    }

    private static void record(Set<Long> ids, Settlement settlement, Map<Long, Settlement> settled) {
        ids.forEach(id -> settled.put(id, settlement));
    }

    /** The jobs of each turn, since a fence is one statement a turn. */
    static Map<Integer, List<FinishedJob>> byTurn(List<FinishedJob> jobs) {
        return jobs.stream().collect(Collectors.groupingBy(FinishedJob::turn));
    }

    static Long[] ids(List<FinishedJob> jobs) {
        return jobs.stream().map(FinishedJob::id).toArray(Long[]::new);
    }
}
