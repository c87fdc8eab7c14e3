package dev.darkroom.jobs.testing;

import dev.darkroom.jobs.Enqueued;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobLedger;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.dispatch.JobEnvelope;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.JobMarks;
import dev.darkroom.jobs.run.JobHandlers;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs handlers in a test, in the calling thread, without a database or a job server: jobs are enqueued into a ledger in
 * memory and stored as the type's codec stores them, {@link #drain} does all that is due, {@link #advance} moves the clock.
 * Retries, follow-ups, flows, delays, deadlines and unique keys are those of the platform; lanes and priorities do not show, since
 * one job runs at a time.
 *
 * <pre>{@code
 * JobKit kit = new JobKit(JobTypes.of(SEND), new JobHandlers().add(SEND, handler));
 * kit.enqueue(new SendInvoice(7));
 * kit.drain();
 * kit.jobs().done(new SendInvoice(7)).waiting(new ArchiveInvoice(7));
 * }</pre>
 *
 * Used by one thread.
 */
public final class JobKit {

    /** More runs than any test wants: its jobs enqueue each other without end. */
    private static final int MOST_RUNS = 100_000;

    private final MemoryLedger ledger;
    private final MemorySettle settle;
    private final JobHandlers handlers;
    private final List<KitRun> runs = new ArrayList<>();

    public JobKit(JobTypes types, JobHandlers handlers) {
        this(types, handlers, () -> {
            throw new UnsupportedOperationException("The ledger in memory has no connection: give the JobKit one,"
                    + " or enqueue and write in ways that need none");
        });
    }

    /** @param connections what transactions give as theirs; neither committed nor closed by the kit */
    public JobKit(JobTypes types, JobHandlers handlers, Supplier<Connection> connections) {
        this.ledger = new MemoryLedger(types, connections);
        this.settle = new MemorySettle(ledger);
        this.handlers = handlers;
    }

    /** For the code that enqueues. */
    public JobLedger ledger() {
        return ledger;
    }

    public Enqueued enqueue(Job job) {
        return enqueue(NewJob.now(job));
    }

    public Enqueued enqueue(NewJob job) {
        return ledger.inTransaction(transaction -> transaction.enqueue(job));
    }

    /** The pinned time. */
    public Instant now() {
        return ledger.now();
    }

    /** Moves the clock; runs nothing. */
    public JobKit advance(Duration by) {
        ledger.advance(by);
        return this;
    }

    /** Moves the clock to when the next job is due, if it is not due already, and does all that is due then. */
    public int drainNext() {
        ledger.waiting().stream()
                .map(MemoryJob::runAt)
                .min(Instant::compareTo)
                .filter(next -> next.isAfter(now()))
                .ifPresent(next -> advance(Duration.between(now(), next)));
        return drain();
    }

    /**
     * Does all that is due, and what becomes due through it, the most urgent and oldest first.
     *
     * @return the number of runs
     * @throws AssertionError if there is no handler for a job, or no end
     */
    public int drain() {
        int count = 0;
        for (MemoryJob job = ledger.nextDue(); job != null; job = ledger.nextDue()) {
            if (++count > MOST_RUNS) {
                throw new AssertionError("After " + MOST_RUNS + " runs jobs are still due: they enqueue each other, or"
                        + " one snoozes for no time. The next is " + job.job());
            }
            run(job);
        }
        return count;
    }

    private void run(MemoryJob job) {
        if (job.isExpired(ledger.now())) {
            ledger.end(job);
            ledger.count(job, KitRun.Result.DISCARDED);
            runs.add(new KitRun(job.job(), KitRun.Result.DISCARDED, "deadline"));
            return;
        }
        ledger.begin(job);
        JobEnvelope envelope =
                new JobEnvelope(job.id(), job.turn(), job.attempt(), JobMarks.NONE, null, job.arguments());
        FinishedJob finished = handlers.run(job.type().name(), envelope)
                .orElseThrow(() -> new AssertionError("The kit has no handler for " + job.type() + ": add one"));
        runs.add(settle.settle(job, finished));
    }

    /** What became of the jobs so far. */
    public JobAssert jobs() {
        return new JobAssert(this);
    }

    /** Every run, in order. */
    public List<KitRun> runs() {
        return List.copyOf(runs);
    }

    /** Jobs that wait, due or not, in the order in which they would be done. */
    public List<KitJob> waiting() {
        return ledger.waiting().stream().map(MemoryJob::shown).toList();
    }

    /** Jobs without an attempt left, with the reason of the last failure. */
    public List<KitJob> failed() {
        return ledger.failed().stream().map(MemoryJob::shown).toList();
    }

    /** The waiting jobs of one type. */
    public <J extends Job> List<J> waiting(JobType<J> type) {
        return waiting().stream()
                .map(KitJob::job)
                .filter(type.jobClass()::isInstance)
                .map(type.jobClass()::cast)
                .toList();
    }
}
