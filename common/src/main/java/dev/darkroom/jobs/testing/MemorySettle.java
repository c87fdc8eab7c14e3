package dev.darkroom.jobs.testing;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.RetryPolicy;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.testing.KitRun.Result;
import java.time.Duration;
import java.util.Random;

/** Settles outcomes in the ledger in memory, as the platform does in the real one. */
final class MemorySettle {

    private final MemoryLedger ledger;

    /** The same jitter in every test run. */
    private final Random random = new Random(1);

    MemorySettle(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    KitRun settle(MemoryJob job, FinishedJob finished) {
        if (finished.outcome() instanceof Outcome.Done done) {
            return finish(job, done);
        }
        if (finished.outcome() instanceof Outcome.Retry retry) {
            return tryAgain(job, finished.attempt(), retry);
        }
        if (finished.outcome() instanceof Outcome.Snooze snooze) {
            ledger.putBack(job.snoozed(ledger.now().plus(snooze.delay())));
            return new KitRun(job.job(), Result.SNOOZED, "");
        }
        if (finished.outcome() instanceof Outcome.Discard discard) {
            ledger.end(job);
            ledger.count(job, Result.DISCARDED);
            return new KitRun(job.job(), Result.DISCARDED, discard.reason());
        }
        throw new IllegalStateException("No such outcome: " + finished.outcome());
    }

    private KitRun finish(MemoryJob job, Outcome.Done done) {
        try {
            ledger.inTransaction(transaction -> {
                for (var write : done.writes()) {
                    write.write(transaction);
                }
                ledger.end(job);
                done.flows().forEach(transaction::enqueueFlow);
                return transaction.enqueue(done.followUps());
            });
            ledger.count(job, Result.DONE);
            return new KitRun(job.job(), Result.DONE, "");
        } catch (JobException e) {
            ledger.putBack(job);
            String reason = "The writes of its completion were refused: " + e.getMessage();
            return tryAgain(job, job.attempt(), new Outcome.Retry(null, reason, e));
        }
    }

    /** @param failures before this one; at once all of them if no run can help */
    private KitRun tryAgain(MemoryJob job, int failures, Outcome.Retry retry) {
        RetryPolicy policy = job.type().retryPolicy();
        String reason = retry.reason();
        if (!policy.allowsAnother(failures + 1)) {
            ledger.fail(job.failedOnce(ledger.now(), reason));
            ledger.count(job, Result.FAILED);
            return new KitRun(job.job(), Result.FAILED, reason);
        }
        Duration after = retry.after() == null ? policy.delayAfter(failures + 1, random) : retry.after();
        ledger.putBack(job.failedOnce(ledger.now().plus(after), reason));
        return new KitRun(job.job(), Result.RETRIED, reason);
    }
}
