package dev.darkroom.jobs.unique;

import dev.darkroom.jobs.Enqueued;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.RetryPolicy;
import dev.darkroom.jobs.UniqueKey;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.JobMarks;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.Mark;
import dev.darkroom.jobs.ledger.SettleJobs;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;

/** Job types with a unique key of each scope, and what tests do with them. */
final class UniqueJobs {

    record Sum(String account, int amount) implements Job {}

    record Index(String document) implements Job {}

    record Digest(String reader) implements Job {}

    static final JobType<Sum> SUM = JobType.named("test.sum", Sum.class)
            .unique(UniqueKey.untilDone(Sum::account))
            .retry(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1)))
            .build();

    static final JobType<Index> INDEX = JobType.named("test.index", Index.class)
            .unique(UniqueKey.whileWaiting(Index::document))
            .build();

    static final JobType<Digest> DIGEST = JobType.named("test.digest", Digest.class)
            .unique(UniqueKey.forPeriod(
                    Duration.ofHours(1), digest -> digest.reader().isEmpty() ? null : digest.reader()))
            .build();

    final Ledger ledger;
    final SettleJobs settle;

    UniqueJobs(DataSource source) {
        ledger = new Ledger(1, source, JobTypes.of(SUM, INDEX, DIGEST), DirectSubmission.NONE);
        settle = new SettleJobs(ledger, "worker@here:1", new Random(1), List.of());
    }

    Enqueued enqueue(Job job) {
        return enqueue(NewJob.now(job));
    }

    Enqueued enqueue(NewJob job) {
        return ledger.inTransaction(transaction -> transaction.enqueue(job));
    }

    long id(Enqueued enqueued) {
        return java.util.Objects.requireNonNull(enqueued.job()).value();
    }

    void settle(long id, int turn, int attempt, JobType<?> type, Outcome outcome) {
        settle.settle(List.of(new FinishedJob(id, turn, attempt, JobMarks.NONE.with(Mark.UNIQUE), type, outcome)));
    }
}
