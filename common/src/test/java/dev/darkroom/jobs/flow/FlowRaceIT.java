package dev.darkroom.jobs.flow;

import static dev.darkroom.jobs.TestJobs.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.NewFlow;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Summary;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.JobMarks;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.ledger.Mark;
import dev.darkroom.jobs.ledger.SettleJobs;
import dev.darkroom.jobs.ledger.SettledJob;
import dev.darkroom.jobs.ledger.SettlementListener;
import dev.darkroom.testing.PostgresExtension;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several settle the last jobs of a flow at once, or die while they do. */
@Timeout(60)
class FlowRaceIT {

    private static final JobMarks IN_FLOW = JobMarks.NONE.with(Mark.FLOW);
    private static final String BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND wait_event_type = 'Lock'";

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private final CountDownLatch counted = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private LedgerRows rows;
    private Ledger ledger;
    private List<FinishedJob> jobs;

    @BeforeEach
    void begin_a_flow_of_two() {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
        ledger = new Ledger(1, POSTGRES.dataSource(), TestJobs.TYPES, DirectSubmission.NONE);
        ledger.inTransaction(transaction -> transaction.enqueueFlow(
                new NewFlow(List.of(NewJob.now(step(1)), NewJob.now(step(2))), Summary.of("both"))));
        jobs = rows.all("SELECT id FROM jobs.job ORDER BY id").stream()
                .map(id -> new FinishedJob(Long.parseLong(id), 0, 0, IN_FLOW, TestJobs.STEP, Outcome.done()))
                .toList();
    }

    @Test
    void of_two_who_settle_the_last_jobs_at_once_one_enqueues_what_follows() throws Exception {
        CompletableFuture<?> first = CompletableFuture.runAsync(
                () -> settler(new CountFlows(), new StopsAfterCounting()).settle(jobs.subList(0, 1)));
        assertThat(counted.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<?> second =
                CompletableFuture.runAsync(() -> settler(new CountFlows()).settle(jobs.subList(1, 2)));
        while (!second.isDone() && rows.one(BLOCKED).equals("0")) {
            Pause.SLEEP.pause(Duration.ofMillis(5));
        }
        go.countDown();
        first.get(20, TimeUnit.SECONDS);
        second.get(20, TimeUnit.SECONDS);

        assertThat(rows.all("SELECT convert_from(args, 'UTF8')::json ->> 'done' FROM jobs.job"))
                .containsExactly("2");
    }

    @Test
    void who_dies_between_counting_and_the_commit_has_counted_nothing() throws Exception {
        CompletableFuture<?> dying = CompletableFuture.runAsync(
                () -> settler(new CountFlows(), new StopsAfterCounting()).settle(jobs));
        assertThat(counted.await(20, TimeUnit.SECONDS)).isTrue();
        rows.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND state = 'idle in transaction'");
        go.countDown();
        assertThat(dying).failsWithin(Duration.ofSeconds(20));
        assertThat(rows.one("SELECT done FROM jobs.flow")).isEqualTo("0");

        settler(new CountFlows()).settle(jobs);

        assertThat(rows.all("SELECT type FROM jobs.job")).containsExactly("test.summary");
    }

    private SettleJobs settler(SettlementListener... listeners) {
        return new SettleJobs(ledger, "worker@here:1", new Random(1), List.of(listeners));
    }

    /** Holds the transaction open when the counts are written. */
    private final class StopsAfterCounting implements SettlementListener {

        @Override
        public boolean concerns(FinishedJob job) {
            return true;
        }

        @Override
        public void settled(JobTransaction transaction, List<SettledJob> settled) {
            counted.countDown();
            try {
                assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
