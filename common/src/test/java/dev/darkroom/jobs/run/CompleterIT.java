package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.connection.ConnectionId;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.dispatch.JobEnvelope;
import dev.darkroom.jobs.ledger.CutOffAtCommit;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.JobMarks;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.ledger.SettleJobs;
import dev.darkroom.jobs.pulse.Pulse;
import dev.darkroom.testing.PostgresExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What gathers in one batch, and how it is settled. */
class CompleterIT {

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private final List<AssignedJob> acknowledged = new ArrayList<>();
    private LedgerRows rows;
    private RunTally tally;
    private Completer completer;

    @BeforeEach
    void begin() {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
        Ledger ledger = new Ledger(1, POSTGRES.dataSource(), TestJobs.TYPES, DirectSubmission.NONE);
        ledger.inTransaction(transaction -> {
            transaction.enqueue(List.of(NewJob.now(TestJobs.step(1))));
            return null;
        });
        completer = completer(ledger);
    }

    private Completer completer(Ledger ledger) {
        tally = new RunTally(1, List.of("test.step"), new MetricRegistry());
        SettleJobs settle = new SettleJobs(ledger, "worker@here:1", new Random(1), List.of());
        return new Completer(
                Map.of(1, new Settler(settle, Pause.SLEEP, () -> false, new Pulse("test"))),
                Map.of(1, tally),
                new JobListeners(),
                new Completer.Listener() {
                    @Override
                    public void settled(List<AssignedJob> done, List<AssignedJob> unsettled) {
                        acknowledged.addAll(done);
                        assertThat(unsettled).isEmpty();
                    }

                    @Override
                    public void batchEnded(List<EndedJob> batch) {
                        assertThat(batch).hasSize(2);
                    }
                },
                new Pulse("test"));
    }

    /** As when a job server was killed and the job came to the worker that held it already. */
    @Test
    void two_runs_of_a_job_that_end_in_one_batch_count_once() {
        Outcome outcome = Outcome.done().then(new TestJobs.Report("next"));
        completer.add(ended(0, outcome));
        completer.add(ended(0, outcome));
        settleAll();

        assertThat(rows.all("SELECT type FROM jobs.job")).containsExactly("test.report");
        assertThat(tally.counts().get("test.step").done()).isOne();
        assertThat(acknowledged).hasSize(2);
    }

    @Test
    void of_runs_of_two_turns_in_one_batch_the_row_decides_which_counts() {
        rows.run("UPDATE jobs.job SET turn = 1");
        completer.add(ended(0, Outcome.done().then(new TestJobs.Report("of the earlier turn"))));
        completer.add(ended(1, Outcome.done().then(new TestJobs.Report("of this turn"))));
        settleAll();

        assertThat(rows.all("SELECT convert_from(args, 'UTF8') FROM jobs.job"))
                .containsExactly("{\"text\":\"of this turn\"}");
        assertThat(acknowledged).hasSize(2);
    }

    @Test
    void a_write_that_ends_with_an_error_fails_its_run_and_not_the_thread() {
        completer.add(ended(0, Outcome.done().writing(transaction -> {
            throw new NoClassDefFoundError("of an older release");
        })));
        completer.add(ended(1, Outcome.done()));
        settleAll();

        assertThat(rows.one("SELECT attempt || ' ' || turn FROM jobs.later_job"))
                .isEqualTo("1 1");
        assertThat(acknowledged).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "1, false"})
    void an_outcome_whose_commit_was_never_answered_is_counted_once(int answersLost, boolean takesPlace) {
        DataSource source = CutOffAtCommit.of(POSTGRES.dataSource(), answersLost, takesPlace);
        completer = completer(new Ledger(1, source, TestJobs.TYPES, DirectSubmission.NONE));
        completer.add(ended(0, Outcome.done()));
        // Superseded.
        completer.add(ended(0, Outcome.done()));
        settleAll();

        assertThat(rows.count("job")).isZero();
        assertThat(tally.counts().get("test.step").done()).isOne();
    }

    private EndedJob ended(int turn, Outcome outcome) {
        long id = Long.parseLong(rows.one("SELECT id FROM jobs.job"));
        AssignedJob assigned = new AssignedJob(
                new ConnectionId(new ServerAddress("127.0.0.1", 4730), 1), "H:1", "test.step", "", new byte[0]);
        JobHandlers handlers = new JobHandlers().add(TestJobs.STEP, (step, context) -> outcome);
        HeldJob held = new HeldJob(
                assigned,
                new JobEnvelope(id, turn, 0, JobMarks.NONE, null, new byte[0]),
                java.util.Objects.requireNonNull(handlers.named("test.step")));
        return new EndedJob(held, new FinishedJob(id, turn, 0, JobMarks.NONE, TestJobs.STEP, outcome), 1);
    }

    private void settleAll() {
        completer.finish();
        completer.run();
    }
}
