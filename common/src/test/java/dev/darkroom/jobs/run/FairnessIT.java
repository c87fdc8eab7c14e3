package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Step;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.PostgresExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An author with very many jobs delays another's single job by the window and no more. */
@Timeout(180)
class FairnessIT extends PlatformFixture {

    /** At 4 threads and 10 ms a job about 400 a second, so 800 in a window, and as many again while it adapts. */
    private static final int WINDOWS = 2_000;

    private static final String MANY = """
            INSERT INTO jobs.%s (type, lane, args, run_at)
            SELECT 'test.step', 'celebrity' || i %% %d, convert_to('{"owner":"celebrity","number":' || i || '}', 'UTF8'),
                   clock_timestamp() - interval '1 minute'
            FROM generate_series(1, %d) i""";

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @RegisterExtension
    static final PostgresExtension OTHER =
            new PostgresExtension().withSchema("ledger_2", source -> LedgerSchema.migrate(source, 2));

    private final CountDownLatch single = new CountDownLatch(1);

    @Override
    RestartableServer server() {
        return SERVER;
    }

    @Test
    void a_single_job_does_not_wait_for_a_lane_of_very_many() throws InterruptedException {
        singleJobIsSoonDoneBeside(MANY.formatted("job", 1, 200_000));
    }

    @Test
    @Tag("full")
    void a_single_job_does_not_wait_for_a_lane_of_a_million() throws InterruptedException {
        singleJobIsSoonDoneBeside(MANY.formatted("job", 1, 1_000_000));
    }

    @Test
    void a_single_retry_does_not_wait_for_the_due_retries_of_a_lane_of_very_many() throws InterruptedException {
        singleJobIsSoonDone(
                MANY.formatted("later_job", 10, 30_000),
                () -> ledger(DirectSubmission.NONE).inTransaction(transaction -> {
                    transaction.enqueue(List.of(NewJob.after(Duration.ofMillis(1), new Step("ana", 0))));
                    return null;
                }));
    }

    @Test
    void a_new_job_does_not_wait_for_due_retries() throws InterruptedException {
        singleJobIsSoonDoneBeside(MANY.formatted("later_job", 10, 30_000));
    }

    @Test
    void a_job_goes_out_though_another_databases_backlog_fills_the_window() throws InterruptedException {
        rows.run(MANY.formatted("job", 1, 1_000));
        relay();
        awaitHeldByServer(8);
        DataSource other = OTHER.dataSource();
        new LedgerRows(other).clear();
        enqueue(new Ledger(2, other, TestJobs.TYPES, DirectSubmission.NONE), "ana", 0, 1);

        servers().relay(2, other);

        awaitHeldByServer(9);
        rows.run("TRUNCATE jobs.job");
    }

    private void awaitHeldByServer(long count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (heldByServer() != count) {
            assertThat(System.nanoTime()).as("the server holds " + count).isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(20));
        }
    }

    @Test
    void the_wait_of_the_lane_served_worst_is_published() throws InterruptedException {
        rows.run(MANY.formatted("job", 1, 1_000));
        rows.run("INSERT INTO jobs.job (type, lane, args, run_at) SELECT 'test.step', 'forgotten', '{}',"
                + " clock_timestamp() - interval '1 hour' FROM generate_series(1, 100)");
        relay();

        awaitRow(
                "SELECT worst_lane || ' ' || (worst_lane_wait BETWEEN 3600 AND 3700) FROM jobs.type_state",
                "forgotten true");
        rows.run("DELETE FROM jobs.job");
        awaitRow("SELECT worst_lane_wait FROM jobs.type_state", "0");
    }

    private void singleJobIsSoonDoneBeside(String others) throws InterruptedException {
        singleJobIsSoonDone(others, () -> enqueue(ledger(DirectSubmission.NONE), "ana", 0, 1));
    }

    private void singleJobIsSoonDone(String others, Runnable enqueue) throws InterruptedException {
        rows.run(others);
        relay();
        worker("slow", 4, new JobHandlers().add(TestJobs.STEP, (step, context) -> {
                    order.add(step);
                    if (step.owner().equals("ana")) {
                        single.countDown();
                    }
                    Pause.SLEEP.pause(Duration.ofMillis(10));
                    return Outcome.done();
                }));
        awaitDone(300);
        int before = order.size();

        enqueue.run();

        assertThat(single.await(60, TimeUnit.SECONDS))
                .as("the single job's run")
                .isTrue();
        assertThat(List.copyOf(order).indexOf(new Step("ana", 0)) - before)
                .as("jobs that went before it")
                .isLessThan(WINDOWS);
        rows.run("TRUNCATE jobs.job, jobs.later_job");
    }

    private void awaitDone(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (order.size() < count) {
            assertThat(System.nanoTime()).as("jobs are done").isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(10));
        }
    }
}
