package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.run.PolicyJobs.Mail;
import dev.darkroom.jobs.run.PolicyJobs.Offer;
import dev.darkroom.jobs.run.PolicyJobs.Stuck;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the policies of a type do to the runs of its jobs. */
@Timeout(90)
class PoliciesIT extends PlatformFixture {

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean freed = new AtomicBoolean();

    @Override
    RestartableServer server() {
        return SERVER;
    }

    @AfterEach
    void free() {
        freed.set(true);
    }

    @Test
    void a_job_that_a_worker_gets_after_its_deadline_is_discarded_and_not_run() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        JobServers servers = servers();
        servers.relay(1, source);
        JobWorker worker = worker("w", 1, new JobHandlers().add(PolicyJobs.OFFER, (offer, context) -> {
                    heard.add("ran " + offer.number());
                    ran.countDown();
                    return Outcome.done();
                }));
        worker.listen(new Recorder());
        awaitRow("SELECT count(*) FROM jobs.type_state WHERE type = 'test.offer' AND gate_open", "1");
        Ledger ledger = ledger(servers.directSubmission());

        rows.run(
                "INSERT INTO jobs.breaker (type, lane, state, failures, threshold, first_probe, longest_probe, first_rate,"
                        + " top_rate, doubling) VALUES ('test.offer', '', 'closed', 4, 5, '1 s', '1 min', 1, 100, '1 s')");

        // Submitted directly: only the worker stands between its deadline and its run.
        ledger.inTransaction(
                transaction -> transaction.enqueue(NewJob.now(new Offer(1)).expiringAfter(Duration.ofNanos(1_000))));
        awaitEmptyLedger();
        assertThat(rows.one("SELECT failures FROM jobs.breaker"))
                .as("a job that was not run says nothing about what it would have called")
                .isEqualTo("4");
        ledger.inTransaction(transaction -> transaction.enqueue(new Offer(2)));

        assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
        awaitEmptyLedger();
        assertThat(heard).contains("DISCARDED 0", "ran 2").doesNotContain("ran 1");
    }

    @Test
    void jobs_past_their_deadline_do_not_wait_for_a_worker_to_be_discarded() throws InterruptedException {
        ledger(DirectSubmission.NONE).inTransaction(transaction -> {
            for (int i = 0; i < 50; i++) {
                transaction.enqueue(NewJob.now(new Offer(i)).expiringAfter(Duration.ofNanos(1_000)));
            }
            return null;
        });
        relay();

        awaitRow("SELECT discarded FROM jobs.type_total WHERE type = 'test.offer'", "50");
        assertThat(rows.count("job")).isZero();
    }

    @Test
    void a_key_held_while_waiting_is_free_while_the_job_runs() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch enqueued = new CountDownLatch(1);
        CountDownLatch both = new CountDownLatch(2);
        worker("w", 2, new JobHandlers().add(PolicyJobs.MAIL, (mail, context) -> {
                    running.countDown();
                    enqueued.await();
                    both.countDown();
                    return Outcome.done();
                }));
        relay();
        Ledger ledger = ledger(DirectSubmission.NONE);
        ledger.inTransaction(transaction -> transaction.enqueue(new Mail("ana")));
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(ledger.inTransaction(transaction -> transaction.enqueue(new Mail("ana")))
                        .accepted())
                .isTrue();
        enqueued.countDown();

        assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
        awaitEmptyLedger();
        assertThat(rows.count("unique_job")).isZero();
    }

    @Test
    void a_run_deaf_to_the_interrupt_fails_at_once_with_its_stack_and_its_thread_is_replaced()
            throws InterruptedException {
        CountDownLatch others = new CountDownLatch(3);
        JobWorker worker = worker("w", 1, new JobHandlers().add(PolicyJobs.STUCK, (job, context) -> {
                    if (job.number() == 0) {
                        beDeaf();
                    }
                    others.countDown();
                    return Outcome.done();
                }));
        worker.listen(new Recorder());
        relay();
        enqueueStuck(0, 4);

        assertThat(others.await(30, TimeUnit.SECONDS)).isTrue();
        awaitRow("SELECT count(*) FROM jobs.failed_job", "1");
        assertThat(rows.one("SELECT error_class FROM jobs.failed_job"))
                .isEqualTo("dev.darkroom.jobs.RunTimedOutException");
        assertThat(rows.one("SELECT stack FROM jobs.failed_job")).contains("PoliciesIT.beDeaf");

        freed.set(true);
        awaitDeath("/given-up");
        awaitEmptyLedger();
        assertThat(heard)
                .as("the late outcomes of the given-up runs did not count")
                .containsExactlyInAnyOrder("RETRIED 0", "FAILED 1", "DONE 0", "DONE 0", "DONE 0");
    }

    @Test
    void a_process_with_too_many_stuck_threads_says_that_it_is_of_no_use_any_more() throws Exception {
        JobWorker worker = worker("w", 1, new JobHandlers().add(PolicyJobs.STUCK, (job, context) -> {
                    beDeaf();
                    return Outcome.done();
                }));
        relay();
        enqueueStuck(0, JobThreads.FEWEST_GIVEN_UP);

        worker.exhausted().toCompletableFuture().get(30, TimeUnit.SECONDS);
        worker.stop(Duration.ofSeconds(1));

        awaitRow("SELECT count(*) FROM jobs.worker", "0");
    }

    private void enqueueStuck(int from, int to) {
        ledger(DirectSubmission.NONE).inTransaction(transaction -> {
            for (int i = from; i < to; i++) {
                transaction.enqueue(new Stuck(i));
            }
            return null;
        });
    }

    private void beDeaf() {
        while (!freed.get()) {
            Thread.interrupted();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void awaitDeath(String suffix) throws InterruptedException {
        Thread[] threads = new Thread[Thread.activeCount() + 100];
        int count = Thread.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().endsWith(suffix)) {
                threads[i].join(20_000);
                assertThat(threads[i].isAlive()).isFalse();
            }
        }
    }

    @Test
    void a_listener_that_throws_is_only_logged() throws InterruptedException {
        CountDownLatch settled = new CountDownLatch(1);
        JobWorker worker = worker("w", 1, new JobHandlers().add(PolicyJobs.OFFER, (offer, context) -> Outcome.done()));
        worker.listen(new JobListener() {
            @Override
            public void started(JobType<?> type, JobContext context) {
                throw new IllegalStateException("a listener's fault");
            }

            @Override
            public void settled(JobType<?> type, JobContext context, Settlement settlement, Duration runTime) {
                throw new AssertionError("another");
            }
        });
        worker.listen(new Recorder() {
            @Override
            public void settled(JobType<?> type, JobContext context, Settlement settlement, Duration runTime) {
                settled.countDown();
            }
        });
        relay();
        ledger(DirectSubmission.NONE).inTransaction(transaction -> transaction.enqueue(new Offer(1)));

        assertThat(settled.await(20, TimeUnit.SECONDS)).isTrue();
        awaitEmptyLedger();
    }

    @Override
    Ledger ledger(DirectSubmission direct) {
        return new Ledger(1, source, PolicyJobs.TYPES, direct);
    }

    private class Recorder implements JobListener {

        @Override
        public void settled(JobType<?> type, JobContext context, Settlement settlement, Duration runTime) {
            heard.add(settlement + " " + context.attempt());
        }
    }
}
