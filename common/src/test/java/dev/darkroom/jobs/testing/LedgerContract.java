package dev.darkroom.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.Enqueued;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.JobLedger;
import dev.darkroom.jobs.NewFlow;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.run.JobHandlers;
import dev.darkroom.jobs.testing.ContractJobs.Coalesced;
import dev.darkroom.jobs.testing.ContractJobs.Hourly;
import dev.darkroom.jobs.testing.ContractJobs.Once;
import dev.darkroom.jobs.testing.ContractJobs.Told;
import dev.darkroom.jobs.testing.ContractJobs.Work;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger in memory and the platform with the real one must have in common, as far as whoever writes jobs sees it. */
public abstract class LedgerContract {

    private final List<String> ran = new CopyOnWriteArrayList<>();
    private final AtomicReference<JobHandler<Work>> handler = new AtomicReference<>();
    private final JobHandlers handlers = new JobHandlers()
            .add(ContractJobs.WORK, (work, context) -> {
                ran.add(work.name() + " " + context.attempt());
                return handler.get().handle(work, context);
            })
            .add(ContractJobs.TOLD, (told, context) -> {
                ran.add("told " + told.done() + " " + told.failed());
                return Outcome.done();
            })
            .add(ContractJobs.ONCE, (once, context) -> {
                ran.add(once.key() + once.number());
                return once.number() == 13 ? Outcome.retry("unlucky") : Outcome.done();
            })
            .add(ContractJobs.COALESCED, (coalesced, context) -> {
                ran.add(coalesced.key() + coalesced.number());
                boolean free = coalesced.number() > 0
                        || enqueue(new Coalesced(coalesced.key(), 1)).accepted();
                return free ? Outcome.done() : Outcome.discard("the key was not free");
            })
            .add(ContractJobs.HOURLY, (hourly, context) -> {
                ran.add(hourly.key() + hourly.number());
                return Outcome.done();
            });

    /** Begins with an empty ledger; the handlers stay the same for a test. */
    protected abstract JobLedger begin(JobHandlers handlers) throws Exception;

    /** Does all that is due, and what becomes due through it. */
    protected abstract void drain() throws Exception;

    /** Lets time pass, for every row. */
    protected abstract void advance(Duration by);

    /** How many jobs wait, due or not. */
    protected abstract int waiting();

    /** The reasons of the failed. */
    protected abstract List<String> failures();

    private JobLedger ledger;

    @BeforeEach
    void beginEmpty() throws Exception {
        ledger = begin(handlers);
        handler.set((work, context) -> Outcome.done());
    }

    private Enqueued enqueue(Job job) {
        return enqueue(NewJob.now(job));
    }

    private Enqueued enqueue(NewJob job) {
        return ledger.inTransaction(transaction -> transaction.enqueue(job));
    }

    @Test
    void a_job_is_done_once_and_its_follow_ups_too() throws Exception {
        handler.set((work, context) ->
                work.name().equals("a") ? Outcome.done().then(new Work("b"), new Work("c")) : Outcome.done());
        enqueue(new Work("a"));

        drain();

        assertThat(ran).containsExactlyInAnyOrder("a 0", "b 0", "c 0");
        assertThat(waiting()).isZero();
    }

    @Test
    void a_transaction_that_fails_enqueues_nothing_and_takes_no_key() throws Exception {
        assertThatThrownBy(() -> ledger.inTransaction(transaction -> {
                    transaction.enqueue(List.of(NewJob.now(new Work("a")), NewJob.now(new Once("k", 1))));
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        drain();

        assertThat(ran).isEmpty();
        assertThat(enqueue(new Once("k", 2)).accepted()).isTrue();
    }

    @Test
    void a_failure_waits_for_its_backoff_and_without_attempts_left_it_is_kept() throws Exception {
        handler.set((work, context) -> {
            throw new IllegalStateException("broken " + context.attempt());
        });
        enqueue(new Work("a"));
        drain();
        assertThat(ran).containsExactly("a 0");
        assertThat(waiting()).isOne();

        advance(Duration.ofMinutes(4));
        drain();
        assertThat(ran).as("the backoff is at least half of ten minutes").hasSize(1);
        advance(Duration.ofMinutes(7));
        drain();

        assertThat(ran).containsExactly("a 0", "a 1");
        assertThat(waiting()).isZero();
        assertThat(failures()).containsExactly("broken 1");
    }

    @Test
    void a_retry_may_say_when() throws Exception {
        handler.set((work, context) ->
                context.attempt() == 0 ? Outcome.retryAfter(Duration.ofHours(2), "later") : Outcome.done());
        enqueue(new Work("a"));
        drain();
        advance(Duration.ofMinutes(119));
        drain();
        assertThat(ran).hasSize(1);
        advance(Duration.ofMinutes(2));
        drain();

        assertThat(ran).containsExactly("a 0", "a 1");
    }

    @Test
    void a_snooze_counts_no_attempt() throws Exception {
        handler.set((work, context) -> context.turn() < 3 ? Outcome.snooze(Duration.ofMinutes(1)) : Outcome.done());
        enqueue(new Work("a"));
        for (int i = 0; i < 4; i++) {
            drain();
            advance(Duration.ofMinutes(2));
        }

        assertThat(ran).containsExactly("a 0", "a 0", "a 0", "a 0");
        assertThat(waiting()).isZero();
    }

    @Test
    void a_discarded_job_is_gone() throws Exception {
        handler.set((work, context) -> Outcome.discard("unwanted"));
        enqueue(new Work("a"));
        drain();

        assertThat(ran).hasSize(1);
        assertThat(waiting()).isZero();
        assertThat(failures()).isEmpty();
    }

    @Test
    void a_delayed_job_waits_for_its_time() throws Exception {
        enqueue(NewJob.after(Duration.ofHours(1), new Work("a")));
        drain();
        assertThat(ran).isEmpty();
        assertThat(waiting()).isOne();
        advance(Duration.ofMinutes(61));
        drain();

        assertThat(ran).containsExactly("a 0");
    }

    @Test
    void a_job_past_its_deadline_is_not_run_also_not_again() throws Exception {
        handler.set((work, context) -> Outcome.retryAfter(Duration.ofHours(2), "once more"));
        enqueue(NewJob.after(Duration.ofHours(1), new Work("late")).expiringAfter(Duration.ofMinutes(10)));
        enqueue(NewJob.now(new Work("failing")).expiringAfter(Duration.ofHours(1)));
        drain();
        advance(Duration.ofMinutes(90));
        drain();
        advance(Duration.ofMinutes(90));
        drain();

        assertThat(ran).containsExactly("failing 0");
        assertThat(waiting()).isZero();
        assertThat(failures()).isEmpty();
    }

    @Test
    void a_key_until_done_is_free_after_the_end_of_its_job_failed_or_not() throws Exception {
        assertThat(enqueue(new Once("k", 13)).accepted()).isTrue();
        assertThat(enqueue(new Once("k", 2)).accepted()).isFalse();
        drain();
        assertThat(enqueue(new Once("k", 3)).accepted())
                .as("it will be tried again")
                .isFalse();
        advance(Duration.ofMinutes(11));
        drain();
        assertThat(failures()).containsExactly("unlucky");
        assertThat(enqueue(new Once("k", 4)).accepted()).isTrue();
        drain();

        assertThat(enqueue(new Once("k", 5)).accepted()).isTrue();
        assertThat(ran).containsExactly("k13", "k13", "k4");
    }

    @Test
    void what_follows_a_flow_is_told_how_its_jobs_have_ended() throws Exception {
        handler.set((work, context) -> work.name().equals("bad") ? Outcome.retry("bad") : Outcome.done());
        ledger.inTransaction(transaction -> transaction.enqueueFlow(new NewFlow(
                List.of(NewJob.now(new Work("good")), NewJob.now(new Work("bad")), NewJob.now(new Once("k", 1))),
                new Told(0, 0))));
        drain();
        assertThat(ran).containsExactlyInAnyOrder("good 0", "bad 0", "k1");
        advance(Duration.ofMinutes(11));
        drain();

        assertThat(ran).hasSize(5).endsWith("bad 1", "told 2 1");
    }

    @Test
    void who_is_refused_learns_who_holds_the_key() {
        Enqueued first = enqueue(new Once("k", 1));

        assertThat(enqueue(new Once("k", 2))).isEqualTo(new Enqueued(false, first.job()));
        assertThat(enqueue(new Work("a"))).isEqualTo(Enqueued.PLAIN);
    }

    @Test
    void a_key_while_waiting_is_free_when_the_run_begins() throws Exception {
        enqueue(new Coalesced("k", 0));
        assertThat(enqueue(new Coalesced("k", 9)).accepted()).isFalse();
        drain();

        assertThat(ran).containsExactly("k0", "k1");
    }

    @Test
    void a_key_for_a_period_outlasts_its_job() throws Exception {
        enqueue(new Hourly("k", 1));
        drain();
        assertThat(enqueue(new Hourly("k", 2)).accepted()).isFalse();
        advance(Duration.ofMinutes(61));
        assertThat(enqueue(new Hourly("k", 3)).accepted()).isTrue();
        drain();

        assertThat(ran).containsExactly("k1", "k3");
    }
}
