package dev.darkroom.jobs.death;

import dev.darkroom.jobs.JobId;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.SettleJobs;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.ledger.SettlementListener;
import dev.darkroom.jobs.ledger.WorkerDiedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports dead processes to one ledger. The jobs that ran in them come under suspicion: one turn further, marked, so that
 * their next run is alone; those that were under suspicion already fail. Several may report the same death: it counts once.
 * Thread-safe.
 */
public final class DeathRegister {

    private static final Logger LOG = LoggerFactory.getLogger(DeathRegister.class);

    private final Ledger ledger;
    private final List<SettlementListener> listeners;

    /** @param listeners those that every worker tells of what it settles */
    public DeathRegister(Ledger ledger, List<SettlementListener> listeners) {
        this.ledger = ledger;
        this.listeners =
                Stream.concat(Stream.of(new CountDeaths()), listeners.stream()).toList();
    }

    /**
     * Reports one death; nothing happens if it has been reported before.
     *
     * @throws dev.darkroom.jobs.JobException if the ledger can't be reached: to be reported again
     */
    public void report(DeadWorker worker) {
        List<RunningJob> running = worker.killedBy() == null ? ofThisLedger(worker.running()) : List.of();
        List<RunningJob> failed = failThoseAlone(worker, running);
        boolean first =
                ledger.inTransaction(transaction -> DeathRows.write(transaction.connection(), worker, running, failed));
        if (first) {
            LOG.warn(
                    "The worker {} is dead: {}; {} of its jobs under suspicion, {} of them failed",
                    worker.self().name(),
                    worker.ending(),
                    running.size(),
                    failed.size());
        }
    }

    private List<RunningJob> ofThisLedger(List<RunningJob> running) {
        return running.stream()
                .filter(job -> new JobId(job.id()).database() == ledger.database())
                .toList();
    }

    /** Before the death is written down: should this process die in between, whoever reports it again finds them failed. */
    private List<RunningJob> failThoseAlone(DeadWorker worker, List<RunningJob> running) {
        if (running.isEmpty()) {
            return List.of();
        }
        List<FinishedJob> failures = ledger.inTransaction(transaction -> {
            List<FinishedJob> alone = new ArrayList<>();
            for (SuspectRow row : SuspectRow.among(transaction.connection(), running)) {
                String evidence = Obituary.of(transaction.connection(), row, worker);
                String reason = "The process died each time it ran this " + row.type() + ": " + worker.ending();
                alone.add(row.failed(reason, new WorkerDiedException(reason, evidence)));
            }
            return alone;
        });
        if (failures.isEmpty()) {
            return List.of();
        }
        Map<Long, Settlement> settled =
                new SettleJobs(ledger, worker.self().name(), ThreadLocalRandom.current(), listeners).settle(failures);
        // Another's outcome may have counted meanwhile.
        return failures.stream()
                .filter(job -> settled.get(job.id()) == Settlement.FAILED)
                .map(job -> new RunningJob(job.id(), job.turn(), job.type().name()))
                .toList();
    }
}
