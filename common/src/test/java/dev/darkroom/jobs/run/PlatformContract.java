package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.worker.GearmanWorker;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Report;
import dev.darkroom.jobs.TestJobs.Step;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.dispatch.Relay;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The platform from the enqueuing transaction to the settled ledger, over a real job server and a real database. */
@Timeout(90)
abstract class PlatformContract extends PlatformFixture {

    @Test
    void every_job_is_done_once_and_its_follow_ups_too() throws InterruptedException {
        CountDownLatch reports = new CountDownLatch(500);
        worker(
                "w",
                4,
                new JobHandlers()
                        .add(TestJobs.STEP, (step, context) -> {
                            count(step);
                            return Outcome.done().then(new Report("of " + step.number()));
                        })
                        .add(TestJobs.REPORT, (report, context) -> {
                            reports.countDown();
                            return Outcome.done();
                        }));
        relay();

        enqueue(ledger(DirectSubmission.NONE), "", 0, 500);

        assertThat(reports.await(40, TimeUnit.SECONDS)).isTrue();
        awaitEmptyLedger();
        assertThat(runs)
                .hasSize(500)
                .allSatisfy((number, count) -> assertThat(count).hasValue(1));
    }

    @Test
    void an_enqueuer_with_an_open_gate_needs_no_relay_for_the_hand_out() throws Exception {
        worker("w", 2, counting());
        JobServers servers = servers();
        Relay relay = servers.relay(1, source);
        awaitRow("SELECT count(*) FROM jobs.type_state WHERE type = 'test.step' AND gate_open", "1");
        Ledger ledger = ledger(servers.directSubmission());
        relay.close();

        enqueue(ledger, "ana", 0, 1);

        awaitEmptyLedger();
        assertThat(runs).hasSize(1);
        assertThat(awaitLane("ana", 1).minute().counts().done()).isOne();
    }

    @Test
    void a_job_whose_direct_submission_never_came_is_found_by_its_lease() throws Exception {
        worker("w", 2, counting());
        relay();
        Ledger diesAfterCommit = ledger(new AdmitsAndForgets());

        enqueue(diesAfterCommit, "", 0, 3);

        assertThat(rows.one("SELECT count(*) FROM jobs.job WHERE leased_until IS NOT NULL"))
                .isEqualTo("3");
        awaitEmptyLedger();
        assertThat(runs)
                .hasSize(3)
                .allSatisfy((number, count) -> assertThat(count).hasValue(1));
    }

    @Test
    void a_failing_job_is_tried_again_and_then_kept() throws InterruptedException {
        worker("w", 2, new JobHandlers().add(TestJobs.STEP, (step, context) -> {
                    count(step);
                    if (step.number() == 1 && context.attempt() == 1) {
                        return Outcome.done();
                    }
                    throw new IllegalStateException("step " + step.number() + " does not work");
                }));
        relay();

        enqueue(ledger(DirectSubmission.NONE), "", 1, 3);

        awaitRow("SELECT count(*) FROM jobs.failed_job", "1");
        awaitEmptyLedger();
        assertThat(runs.get(1)).hasValue(2);
        assertThat(runs.get(2)).hasValue(3);
        assertThat(rows.one("SELECT attempt || ' ' || message FROM jobs.failed_job"))
                .isEqualTo("3 step 2 does not work");
    }

    @Test
    void unreadable_arguments_fail_at_once() throws InterruptedException {
        worker("w", 1, counting());
        relay();
        rows.run("INSERT INTO jobs.job (type, args) VALUES ('test.step', '{]')");

        awaitRow("SELECT count(*) FROM jobs.failed_job", "1");
        assertThat(rows.one("SELECT attempt || ' ' || error_class FROM jobs.failed_job"))
                .isEqualTo("1 dev.darkroom.jobs.UnreadableJobException");
    }

    @Test
    void a_killed_job_server_loses_nothing() throws InterruptedException {
        relay();
        worker("w", 4, counting());
        Ledger ledger = ledger(DirectSubmission.NONE);
        enqueue(ledger, "", 0, 2_000);
        awaitRow("SELECT count(*) < 1500 FROM jobs.job", "t");

        server().kill();
        enqueue(ledger, "", 2_000, 2_500);
        server().start();

        awaitEmptyLedger();
        assertThat(runs).hasSize(2_500);
    }

    @Test
    void a_worker_that_stops_right_after_its_last_job_has_it_counted() throws InterruptedException {
        JobWorker worker = worker("brief", 2, counting());
        relay();
        enqueue(ledger(DirectSubmission.NONE), "", 0, 10);
        awaitEmptyLedger();

        worker.stop(Duration.ofSeconds(5));

        assertThat(rows.one("SELECT done FROM jobs.type_total WHERE type = 'test.step'"))
                .isEqualTo("10");
    }

    @Test
    void a_stopped_worker_gives_its_jobs_back_without_counting_an_attempt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(2);
        JobWorker stuck = worker("stuck", 2, new JobHandlers().add(TestJobs.STEP, (step, context) -> {
                    begun.countDown();
                    Thread.sleep(60_000);
                    return Outcome.done();
                }));
        relay();
        enqueue(ledger(DirectSubmission.NONE), "", 0, 10);
        assertThat(begun.await(40, TimeUnit.SECONDS)).isTrue();

        stuck.stop(Duration.ofMillis(50));
        assertThat(rows.one("SELECT count(*) FROM jobs.job WHERE attempt = 0")).isEqualTo("10");
        assertThat(rows.one("SELECT count(*) >= 2 FROM jobs.job WHERE turn = 1"))
                .isEqualTo("t");

        worker("fresh", 2, counting());
        awaitEmptyLedger();
        assertThat(runs).hasSize(10);
    }

    @Test
    void a_lane_of_one_job_does_not_wait_behind_a_lane_of_thousands() throws InterruptedException {
        Ledger ledger = ledger(DirectSubmission.NONE);
        enqueue(ledger, "celebrity", 0, 5_000);
        enqueue(ledger, "ana", 5_000, 5_001);
        relay();
        worker("w", 1, counting());

        awaitEmptyLedger();

        List<Step> done = List.copyOf(order);
        assertThat(done.indexOf(new Step("ana", 5_000))).isLessThan(200);
    }

    @Test
    void gearman_holds_no_more_than_the_window() throws InterruptedException {
        enqueue(ledger(DirectSubmission.NONE), "", 0, 3_000);
        relay();
        awaitRow("SELECT in_flight >= 8 FROM jobs.type_state WHERE type = 'test.step'", "t");

        assertThat(heldByServer()).isBetween(8L, 16L);
        worker("w", 2, counting());
        awaitEmptyLedger();
        assertThat(runs)
                .hasSize(3_000)
                .allSatisfy((number, count) -> assertThat(count).hasValue(1));
    }

    @Test
    void direct_submissions_fill_no_more_than_the_window() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        worker("slow", 2, new JobHandlers().add(TestJobs.STEP, (step, context) -> {
                    end.await();
                    count(step);
                    return Outcome.done();
                }));
        JobServers servers = servers();
        servers.relay(1, source);
        awaitRow("SELECT count(*) FROM jobs.type_state WHERE type = 'test.step' AND gate_open", "1");
        Ledger ledger = ledger(servers.directSubmission());

        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        int number = 0;
        for (; System.nanoTime() < until; number++) {
            enqueue(ledger, "", number, number + 1);
            Pause.SLEEP.pause(Duration.ofMillis(5));
        }

        assertThat(heldByServer()).isLessThanOrEqualTo(32);
        end.countDown();
        awaitEmptyLedger();
        assertThat(runs).hasSize(number);
    }

    @Test
    void another_relay_takes_over_when_the_leader_is_gone() throws Exception {
        Relay first = relay();
        awaitRow("SELECT count(*) FROM jobs.relay WHERE expires_at > clock_timestamp()", "1");
        JobServers others = servers();
        others.relay(1, source);
        worker("w", 2, counting());
        Ledger ledger = ledger(DirectSubmission.NONE);
        enqueue(ledger, "", 0, 100);
        awaitEmptyLedger();
        String term = rows.one("SELECT term FROM jobs.relay");

        first.close();
        enqueue(ledger, "", 100, 200);

        awaitEmptyLedger();
        assertThat(runs).hasSize(200);
        assertThat(rows.one("SELECT term > %s FROM jobs.relay".formatted(term))).isEqualTo("t");
    }

    @Test
    void another_relay_takes_over_from_one_that_died_without_a_word() throws Exception {
        Connection leadersOnly = source.getConnection();
        servers().relay(1, new SingleConnectionSource(leadersOnly));
        awaitRow("SELECT count(*) FROM jobs.relay WHERE expires_at > clock_timestamp()", "1");
        servers().relay(1, source);
        worker("w", 2, counting());

        // From here on the leader can neither go on nor say farewell.
        leadersOnly.abort(Runnable::run);
        enqueue(ledger(DirectSubmission.NONE), "", 0, 300);

        awaitEmptyLedger();
        assertThat(runs)
                .hasSize(300)
                .allSatisfy((number, count) -> assertThat(count).hasValue(1));
    }

    @Test
    void a_job_that_gearman_forgot_is_handed_out_again() throws InterruptedException {
        CountDownLatch forgotten = new CountDownLatch(3);
        AtomicReference<GearmanWorker> thief = new AtomicReference<>();
        CountDownLatch ready = new CountDownLatch(1);
        try (GearmanWorker forgetful = GearmanWorker.builder()
                .servers(List.of(server().address()))
                .function("test.step")
                .capacity(3)
                .receiver(job -> {
                    awaitUninterruptibly(ready);
                    thief.get().fail(job);
                    forgotten.countDown();
                })
                .build()) {
            thief.set(forgetful);
            ready.countDown();
            relay();
            enqueue(ledger(DirectSubmission.NONE), "", 0, 3);
            assertThat(forgotten.await(40, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(rows.count("job")).isEqualTo(3);

        worker("w", 2, counting());
        awaitEmptyLedger();
        assertThat(runs)
                .hasSize(3)
                .allSatisfy((number, count) -> assertThat(count).hasValue(1));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_handler_over_its_time_is_interrupted() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        worker("w", 1, new JobHandlers().add(TestJobs.STEP, (step, context) -> {
                    if (context.attempt() > 0) {
                        return Outcome.done();
                    }
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                    return Outcome.done();
                }));
        relay();
        enqueue(ledger(DirectSubmission.NONE), "", 0, 1);

        assertThat(interrupted.await(40, TimeUnit.SECONDS)).isTrue();
        awaitEmptyLedger();
    }
}
