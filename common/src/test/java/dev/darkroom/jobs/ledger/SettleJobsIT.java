package dev.darkroom.jobs.ledger;

import static dev.darkroom.jobs.TestJobs.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.testing.PostgresExtension;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SettleJobsIT {

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private LedgerRows rows;
    private Ledger ledger;
    private SettleJobs settle;
    private final List<SettledJob> heard = new ArrayList<>();
    private final SettlementListener listener = new SettlementListener() {
        @Override
        public boolean concerns(FinishedJob job) {
            return job.marks().has(Mark.FLOW);
        }

        @Override
        public void settled(JobTransaction transaction, List<SettledJob> jobs) {
            heard.addAll(jobs);
        }
    };

    @BeforeEach
    void begin() {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
        ledger = new Ledger(1, POSTGRES.dataSource(), TestJobs.TYPES, DirectSubmission.NONE);
        settle = new SettleJobs(ledger, "worker@here:1", new Random(1), List.of(listener));
    }

    @Test
    void a_done_job_is_gone_and_its_follow_up_is_there() {
        FinishedJob job = run(Outcome.done().then(new TestJobs.Report("next")));

        assertThat(settle.settle(List.of(job))).containsEntry(job.id(), Settlement.DONE);
        assertThat(rows.all("SELECT type FROM jobs.job")).containsExactly("test.report");
    }

    @Test
    void settling_twice_counts_once() {
        FinishedJob job = run(Outcome.done()
                .then(new TestJobs.Report("next"))
                .writing(transaction -> transaction
                        .connection()
                        .createStatement()
                        .execute("INSERT INTO jobs.type_total (type, done) VALUES ('effect', 1)"
                                + " ON CONFLICT (type) DO UPDATE SET done = jobs.type_total.done + 1")));

        settle.settle(List.of(job));
        assertThat(settle.settle(List.of(job))).containsEntry(job.id(), Settlement.SUPERSEDED);

        assertThat(rows.all("SELECT type FROM jobs.job")).containsExactly("test.report");
        assertThat(rows.one("SELECT done FROM jobs.type_total WHERE type = 'effect'"))
                .isEqualTo("1");
    }

    @Test
    void the_outcome_of_an_earlier_turn_does_not_count() {
        FinishedJob first = run(Outcome.done().then(new TestJobs.Report("from the first run")));
        settle.settle(List.of(first.withOutcome(Outcome.snooze(Duration.ZERO))));

        assertThat(settle.settle(List.of(first))).containsEntry(first.id(), Settlement.SUPERSEDED);
        assertThat(rows.all("SELECT type || ' ' || turn FROM jobs.job")).containsExactly("test.step 1");
    }

    @Test
    void two_runs_of_a_job_are_not_settled_in_one_batch() {
        FinishedJob job = run(Outcome.done());

        assertThatThrownBy(() -> settle.settle(List.of(job, job))).isInstanceOf(IllegalArgumentException.class);
        assertThat(rows.count("job")).isOne();
    }

    @Test
    void a_refused_write_undoes_the_whole_completion() {
        FinishedJob good = run(Outcome.done());
        FinishedJob bad = run(Outcome.done().then(new TestJobs.Report("never")).writing(transaction -> {
            throw new SQLException("refused", "23505");
        }));

        assertThatThrownBy(() -> settle.settle(List.of(good, bad))).isInstanceOf(JobException.class);
        assertThat(rows.all("SELECT DISTINCT type FROM jobs.job")).containsExactly("test.step");
        assertThat(rows.count("job")).isEqualTo(2);
    }

    @Test
    void listeners_hear_of_marked_jobs_whose_outcome_counts_and_of_what_they_belong_to() {
        FinishedJob done = marked(run(Outcome.done()));
        FinishedJob again = marked(run(Outcome.retry("the disk is full")));
        FinishedJob late = marked(run(Outcome.done()));
        FinishedJob plain = run(Outcome.done());
        settle.settle(List.of(late.withOutcome(Outcome.snooze(Duration.ZERO))));
        heard.clear();

        settle.settle(List.of(plain, late, again, done));

        assertThat(heard).extracting(job -> job.job().id()).containsExactly(done.id(), again.id());
        assertThat(heard).extracting(SettledJob::settlement).containsExactly(Settlement.DONE, Settlement.RETRIED);
        assertThat(heard).extracting(job -> job.links().flowId()).containsExactly(77L, 77L);
        assertThat(heard.get(0).fingerprint()).isNull();
        assertThat(heard.get(1).fingerprint()).hasSize(16);
    }

    @Test
    void a_failure_is_written_out_once_however_many_ask_for_its_fingerprint() {
        AtomicInteger prints = new AtomicInteger();
        RuntimeException cause = new RuntimeException("the disk is full") {
            @Override
            public void printStackTrace(PrintWriter to) {
                prints.incrementAndGet();
                super.printStackTrace(to);
            }
        };
        FinishedJob last = marked(run(new Outcome.Retry(null, "the disk is full", cause)));

        new SettleJobs(ledger, "worker@here:1", new Random(1), List.of(listener, listener))
                .settle(List.of(new FinishedJob(last.id(), 0, 2, last.marks(), TestJobs.STEP, last.outcome())));

        assertThat(heard).extracting(SettledJob::settlement).containsExactly(Settlement.FAILED, Settlement.FAILED);
        assertThat(heard.get(1).fingerprint()).isEqualTo(rows.one("SELECT fingerprint FROM jobs.failed_job"));
        assertThat(prints).hasValue(1);
    }

    @Test
    void marks_stay_with_a_row_that_waits_and_fails() {
        FinishedJob job = marked(run(Outcome.retry("once")));
        settle.settle(List.of(job));
        assertThat(rows.one("SELECT marks || ' ' || flow_id FROM jobs.later_job"))
                .isEqualTo("1 77");

        FinishedJob other = marked(run(Outcome.retry("for good")));
        settle.settle(
                List.of(new FinishedJob(other.id(), 0, 2, other.marks(), TestJobs.STEP, Outcome.retry("for good"))));
        assertThat(rows.one("SELECT marks || ' ' || flow_id FROM jobs.failed_job"))
                .isEqualTo("1 77");
    }

    private FinishedJob marked(FinishedJob job) {
        rows.run("UPDATE jobs.job SET marks = 1, flow_id = 77 WHERE id = " + job.id());
        return new FinishedJob(
                job.id(), job.turn(), job.attempt(), JobMarks.NONE.with(Mark.FLOW), job.type(), job.outcome());
    }

    @Test
    void a_failure_waits_one_attempt_and_one_turn_further() {
        FinishedJob job = run(Outcome.retryAfter(Duration.ofMinutes(10), "not now"));

        assertThat(settle.settle(List.of(job))).containsEntry(job.id(), Settlement.RETRIED);
        assertThat(rows.count("job")).isZero();
        assertThat(rows.one("SELECT id || ' ' || turn || ' ' || attempt FROM jobs.later_job"))
                .isEqualTo(job.id() + " 1 1");
        assertThat(
                        rows.one(
                                "SELECT run_at BETWEEN clock_timestamp() + interval '9 min' AND clock_timestamp() + interval '10 min' FROM jobs.later_job"))
                .isEqualTo("t");
    }

    @Test
    void a_snooze_counts_no_attempt() {
        FinishedJob job = run(Outcome.snooze(Duration.ofMinutes(1)));

        assertThat(settle.settle(List.of(job))).containsEntry(job.id(), Settlement.SNOOZED);
        assertThat(rows.one("SELECT turn || ' ' || attempt FROM jobs.later_job"))
                .isEqualTo("1 0");
    }

    @Test
    void a_job_without_attempts_left_is_kept_with_its_reason() {
        FinishedJob job =
                run(new Outcome.Retry(null, "disk 17 is\0full", new IllegalStateException("disk 17 is full")));
        FinishedJob last = new FinishedJob(job.id(), 0, 2, JobMarks.NONE, TestJobs.STEP, job.outcome());

        assertThat(settle.settle(List.of(last))).containsEntry(job.id(), Settlement.FAILED);
        assertThat(rows.count("job")).isZero();
        assertThat(rows.one("SELECT error_class || '|' || message || '|' || worker FROM jobs.failed_job"))
                .isEqualTo("java.lang.IllegalStateException|disk 17 is\uFFFDfull|worker@here:1");
        assertThat(rows.one("SELECT stack FROM jobs.failed_job")).contains("SettleJobsIT");
    }

    @Test
    void failures_of_one_cause_share_a_fingerprint() {
        assertThat(fingerprint("photo 123 of 'ana' at 0xcafe01"))
                .isEqualTo(fingerprint("photo 9 of 'bob' at 0xbeef02"));
        assertThat(fingerprint("photo 123 is gone")).isNotEqualTo(fingerprint("photo 123 is there"));
    }

    private static String fingerprint(String message) {
        return Failure.of(new Outcome.Retry(null, message, null)).fingerprint();
    }

    @Test
    void a_mixed_batch_is_settled_in_one_transaction() {
        List<FinishedJob> jobs = IntStream.range(0, 50)
                .mapToObj(i -> run(
                        switch (i % 5) {
                            case 0 -> Outcome.done();
                            case 1 -> Outcome.discard("unwanted");
                            case 2 -> Outcome.retry("again");
                            case 3 -> Outcome.snooze(Duration.ZERO);
                            default -> Outcome.done().then(new TestJobs.Report("r" + i));
                        }))
                .toList();

        Map<Long, Settlement> settled = settle.settle(jobs);

        assertThat(settled.values().stream().filter(Settlement.DONE::equals)).hasSize(20);
        assertThat(settled.values().stream().filter(Settlement.DISCARDED::equals))
                .hasSize(10);
        assertThat(rows.one(
                        "SELECT count(*) FROM jobs.job WHERE type = 'test.step' AND turn = 1 AND leased_until IS NULL"))
                .isEqualTo("10");
        assertThat(rows.one("SELECT count(*) FROM jobs.job WHERE type = 'test.report'"))
                .isEqualTo("10");
        assertThat(rows.count("later_job")).isEqualTo(10);
    }

    @Test
    void heartbeats_count_and_are_added_up_when_a_process_leaves() throws SQLException {
        WorkerRegister register = new WorkerRegister(POSTGRES.dataSource());
        java.util.UUID id = java.util.UUID.randomUUID();
        RunCounts counts = new RunCounts(1, 0, 0, 0, 1, 15);
        WorkerSelf self = new WorkerSelf(id, "w", "here", 1, 4, false);
        StartedRun five = new StartedRun(5, 0, "", System.nanoTime());
        StartedRun six = new StartedRun(6, 2, "", System.nanoTime());
        Map<String, RunCounts> all = Map.of("test.step", counts);
        register.beat(new WorkerBeat(self, "running", List.of(five, six), Duration.ZERO, all, Map.of()));
        register.beat(new WorkerBeat(self, "running", List.of(six), Duration.ofSeconds(9), all, Map.of()));

        KnownWorkers known = knownWorkers();
        assertThat(known.started()).containsExactly(6L);
        assertThat(known.startedBySilent()).isEmpty();
        assertThat(known.threads()).containsExactly(Map.entry("test.step", 4));
        assertThat(known.allHeardOfSince("test.step", System.nanoTime())).isFalse();
        assertThat(
                        rows.one(
                                "SELECT started_turn::text || ' ' || (progress_at < beat_at - interval '8 s') FROM jobs.worker"))
                .isEqualTo("{2} true");

        register.leave(id);
        assertThat(knownWorkers().started()).isEmpty();
        assertThat(rows.one("SELECT done || ' ' || failed || ' ' || run_micros FROM jobs.type_total"))
                .isEqualTo("1 1 15");
        assertThat(rows.count("worker_count")).isZero();
    }

    private static KnownWorkers knownWorkers() throws SQLException {
        try (Connection connection = POSTGRES.dataSource().getConnection()) {
            return KnownWorkers.read(connection);
        }
    }

    private FinishedJob run(Outcome outcome) {
        ledger.inTransaction(transaction -> {
            transaction.enqueue(List.of(NewJob.now(step(1))));
            return null;
        });
        long id = Long.parseLong(rows.one("SELECT max(id) FROM jobs.job"));
        return new FinishedJob(id, 0, 0, JobMarks.NONE, TestJobs.STEP, outcome);
    }
}
