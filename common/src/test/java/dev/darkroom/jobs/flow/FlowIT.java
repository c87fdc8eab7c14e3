package dev.darkroom.jobs.flow;

import static dev.darkroom.jobs.TestJobs.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.FlowCounts;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.NewBulk;
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
import dev.darkroom.jobs.ledger.SettlementListener;
import dev.darkroom.testing.PostgresExtension;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FlowIT {

    private static final JobMarks IN_FLOW = JobMarks.NONE.with(Mark.FLOW);

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private LedgerRows rows;
    private Ledger ledger;
    private FlowStore store;

    @BeforeEach
    void begin() {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
        ledger = ledger(TestJobs.TYPES);
        store = new FlowStore(POSTGRES.dataSource());
    }

    @Test
    void what_follows_comes_with_the_last_job_and_is_told_the_counts() {
        long flow = flow(4);
        settle(0, Outcome.done());
        settle(1, Outcome.discard("not wanted"));
        settle(2, failed());
        assertThat(summaries()).isEmpty();
        assertThat(progress(flow).counts()).isEqualTo(new FlowCounts(4, 1, 1, 1));
        assertThat(progress(flow).hasEnded()).isFalse();

        settle(3, Outcome.done());

        assertThat(summaries()).containsExactly("all 2 1 1");
        assertThat(progress(flow).counts()).isEqualTo(new FlowCounts(4, 2, 1, 1));
        assertThat(progress(flow).hasEnded()).isTrue();
    }

    @Test
    void a_batch_of_jobs_is_counted_by_one_update() {
        flow(100);
        rows.run(
                "CREATE TABLE counted AS SELECT 0 AS updates; CREATE OR REPLACE FUNCTION counting() RETURNS trigger"
                        + " LANGUAGE plpgsql AS 'BEGIN UPDATE counted SET updates = updates + 1; RETURN NEW; END';"
                        + " CREATE TRIGGER counting AFTER UPDATE OF done ON jobs.flow FOR EACH ROW EXECUTE FUNCTION counting()");

        settler(ledger)
                .settle(IntStream.range(0, 100)
                        .mapToObj(i -> finished(i, Outcome.done()))
                        .toList());

        assertThat(summaries()).containsExactly("all 100 0 0");
        assertThat(rows.one("SELECT updates FROM counted")).isEqualTo("1");
        rows.run("DROP TRIGGER counting ON jobs.flow; DROP FUNCTION counting; DROP TABLE counted");
    }

    @Test
    void a_job_that_is_settled_twice_is_counted_once() {
        long flow = flow(2);
        FinishedJob first = finished(0, Outcome.done());

        settler(ledger).settle(List.of(first));
        settler(ledger).settle(List.of(first));

        assertThat(progress(flow).counts().done()).isEqualTo(1);
        assertThat(summaries()).isEmpty();
    }

    @Test
    void a_job_that_is_tried_again_or_snoozed_has_not_ended_and_stays_in_its_flow() {
        long flow = flow(2);
        settle(0, Outcome.retryAfter(Duration.ofHours(1), "not yet"));
        settle(1, Outcome.snooze(Duration.ofHours(1)));
        assertThat(progress(flow).counts()).isEqualTo(new FlowCounts(2, 0, 0, 0));

        rows.run("INSERT INTO jobs.job SELECT * FROM jobs.later_job; TRUNCATE jobs.later_job");
        settle(0, Outcome.done());
        settle(1, Outcome.done());

        assertThat(summaries()).containsExactly("all 2 0 0");
    }

    @Test
    void a_completion_that_is_undone_counts_nothing() {
        long flow = flow(1);

        assertThatThrownBy(() -> settle(0, Outcome.done().writing(transaction -> {
                    throw new SQLException("refused");
                })))
                .isInstanceOf(JobException.class);

        assertThat(progress(flow).counts().ended()).isZero();
        settle(0, Outcome.done());
        assertThat(summaries()).hasSize(1);
    }

    @Test
    void a_replay_of_a_failed_job_changes_nothing_about_its_flow() {
        long flow = flow(2);
        FinishedJob failing = finished(0, failed());
        settler(ledger).settle(List.of(failing));
        rows.run("WITH gone AS (DELETE FROM jobs.failed_job RETURNING *) INSERT INTO jobs.job (id, type, args, flow_id,"
                + " replay_id, turn, marks) SELECT id, type, args, flow_id, 77, turn, marks | 2 FROM gone");

        settler(ledger)
                .settle(List.of(
                        new FinishedJob(failing.id(), 1, 0, IN_FLOW.with(Mark.REPLAY), TestJobs.STEP, Outcome.done())));
        assertThat(progress(flow).counts()).isEqualTo(new FlowCounts(2, 0, 0, 1));

        settle(1, Outcome.done());
        assertThat(summaries()).containsExactly("all 1 0 1");
    }

    @Test
    void a_flow_without_jobs_ends_at_once() {
        long flow = flow(0);

        assertThat(summaries()).containsExactly("all 0 0 0");
        assertThat(progress(flow).hasEnded()).isTrue();
    }

    @Test
    void a_flow_whose_transaction_fails_never_existed() {
        assertThatThrownBy(() -> ledger.inTransaction(transaction -> {
                    transaction.enqueueFlow(new NewFlow(List.of(NewJob.now(step(1))), Summary.of("all")));
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(rows.count("flow") + rows.count("job")).isZero();
    }

    @Test
    void a_flow_follows_an_outcome_and_what_follows_begins_another() {
        enqueue();
        settle(0, Outcome.done().thenFlow(List.of(NewJob.now(step(1)), NewJob.now(step(2))), Summary.of("inner")));
        settle(1, Outcome.done());
        settle(2, Outcome.done());
        assertThat(summaries()).containsExactly("inner 2 0 0");

        long summary = Long.parseLong(rows.one("SELECT id FROM jobs.job WHERE type = 'test.summary'"));
        Outcome again = Outcome.done().thenFlow(List.of(NewJob.now(step(3))), Summary.of("second"));
        settler(ledger).settle(List.of(new FinishedJob(summary, 0, 0, JobMarks.NONE, TestJobs.SUMMARY, again)));
        settle(3, Outcome.done());

        assertThat(summaries()).containsExactly("second 1 0 0");
    }

    @Test
    void a_flow_that_is_added_in_bulk_does_not_end_before_the_last_is_added() {
        ledger.enqueueAll(NewBulk.named(
                        "test.flow",
                        IntStream.range(0, 10_001)
                                .mapToObj(number -> NewJob.now(step(number)))
                                .iterator())
                .thenFlow(Summary.of("bulk"))
                .telling(enqueued -> {
                    if (enqueued == 10_000) {
                        settler(ledger).settle(first(10_000));
                        assertThat(summaries()).as("one is still to come").isEmpty();
                    }
                }));

        settle(10_000, Outcome.done());
        assertThat(summaries()).containsExactly("bulk 10001 0 0");
    }

    @Test
    void a_bulk_whose_jobs_have_all_ended_before_it_is_complete_ends_its_flow() {
        ledger.enqueueAll(
                NewBulk.named("test.empty", List.<NewJob>of().iterator()).thenFlow(Summary.of("bulk")));

        assertThat(summaries()).containsExactly("bulk 0 0 0");
    }

    @Test
    void a_process_that_does_not_know_what_follows_does_not_settle_the_last_job() {
        flow(1);
        FinishedJob last = finished(0, Outcome.done());

        assertThatThrownBy(() -> settler(ledger(JobTypes.of(TestJobs.STEP))).settle(List.of(last)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("test.summary");

        settler(ledger).settle(List.of(last));
        assertThat(summaries()).hasSize(1);
    }

    @Test
    void a_flow_that_ended_a_week_ago_is_forgotten() throws SQLException {
        long old = flow(0);
        long young = flow(0);
        rows.run("UPDATE jobs.flow SET ended_at = ended_at - interval '8 days' WHERE id = " + old);

        try (var connection = POSTGRES.dataSource().getConnection()) {
            new ForgetFlows().run(connection);
        }

        assertThat(store.progress(old)).isEmpty();
        assertThat(store.progress(young)).isPresent();
    }

    private long flow(int jobs) {
        return ledger.inTransaction(transaction -> transaction.enqueueFlow(new NewFlow(
                IntStream.range(0, jobs)
                        .mapToObj(number -> NewJob.now(step(number)))
                        .toList(),
                Summary.of("all"))));
    }

    private void enqueue() {
        ledger.inTransaction(transaction -> {
            transaction.enqueue(step(0));
            return null;
        });
    }

    private FlowProgress progress(long flow) {
        return store.progress(flow).orElseThrow();
    }

    private void settle(int number, Outcome outcome) {
        settler(ledger).settle(List.of(finished(number, outcome)));
    }

    /** The run of a step, as a worker hands it over. */
    private FinishedJob finished(int number, Outcome outcome) {
        String[] row = rows.one("SELECT id || ' ' || turn || ' ' || marks FROM jobs.job WHERE type = 'test.step' AND"
                        + " (convert_from(args, 'UTF8')::json ->> 'number')::int = " + number)
                .split(" ", -1);
        return new FinishedJob(
                Long.parseLong(row[0]),
                Integer.parseInt(row[1]),
                outcome.equals(failed()) ? 2 : 0,
                JobMarks.ofBits(Integer.parseInt(row[2])),
                TestJobs.STEP,
                outcome);
    }

    private List<FinishedJob> first(int count) {
        return rows.all("SELECT id FROM jobs.job ORDER BY id LIMIT " + count).stream()
                .map(id -> new FinishedJob(Long.parseLong(id), 0, 0, IN_FLOW, TestJobs.STEP, Outcome.done()))
                .toList();
    }

    private static Outcome failed() {
        return Outcome.retry("does not work");
    }

    private static SettleJobs settler(Ledger ledger) {
        List<SettlementListener> listeners = List.of(new CountFlows());
        return new SettleJobs(ledger, "worker@here:1", new Random(1), listeners);
    }

    private static Ledger ledger(JobTypes types) {
        return new Ledger(1, POSTGRES.dataSource(), types, DirectSubmission.NONE);
    }

    private List<String> summaries() {
        return rows.all(
                "SELECT a ->> 'text' || ' ' || (a ->> 'done') || ' ' || (a ->> 'discarded') || ' ' || (a ->> 'failed')"
                        + " FROM (SELECT convert_from(args, 'UTF8')::json AS a, id FROM jobs.job WHERE type = 'test.summary') s"
                        + " ORDER BY id");
    }
}
