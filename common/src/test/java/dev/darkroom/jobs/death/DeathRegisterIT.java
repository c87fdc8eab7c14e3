package dev.darkroom.jobs.death;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.ledger.RunCounts;
import dev.darkroom.jobs.ledger.SettledJob;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.ledger.SettlementListener;
import dev.darkroom.jobs.ledger.StartedRun;
import dev.darkroom.jobs.ledger.WorkerBeat;
import dev.darkroom.jobs.ledger.WorkerRegister;
import dev.darkroom.jobs.ledger.WorkerSelf;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeathRegisterIT implements SettlementListener {

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private final LedgerRows rows = new LedgerRows(POSTGRES.dataSource());
    private final Ledger ledger = new Ledger(1, POSTGRES.dataSource(), TestJobs.TYPES, DirectSubmission.NONE);
    private final DeathRegister register = new DeathRegister(ledger, List.of(this));
    private final WorkerRegister workers = new WorkerRegister(POSTGRES.dataSource());
    private final List<Settlement> heard = new ArrayList<>();

    @BeforeEach
    void clear() {
        rows.clear();
    }

    @Test
    void what_ran_comes_under_suspicion_one_turn_further_and_only_once() throws SQLException {
        long id = enqueue();
        WorkerSelf self = self();
        beat(self, id);

        register.report(died(self, id, 0));
        register.report(died(self, id, 0));

        assertThat(rows.one("SELECT turn || ' ' || marks || ' ' || attempt FROM jobs.job"))
                .isEqualTo("1 32 0");
        assertThat(rows.one("SELECT types::text || ' ' || (last_beat IS NOT NULL) FROM jobs.dead_worker"))
                .isEqualTo("{test.step} true");
        assertThat(rows.count("worker")).isZero();
        assertThat(rows.one("SELECT done FROM jobs.type_total")).isEqualTo("1");
    }

    @Test
    void a_second_death_fails_the_job_and_whoever_keeps_account_hears_of_it() {
        long id = enqueue();
        register.report(died(self(), id, 0));
        register.report(died(self(), id, 1));

        assertThat(rows.count("job")).isZero();
        assertThat(rows.one("SELECT error_class || ': ' || message FROM jobs.failed_job"))
                .isEqualTo("worker died: The process died each time it ran this test.step: killed by signal 11");
        assertThat(rows.one("SELECT stack FROM jobs.failed_job"))
                .contains("error file hs_err", "process 77", "before in w");
        assertThat(heard).containsExactly(Settlement.FAILED);
        assertThat(rows.count("death")).isEqualTo(2);
        assertThat(rows.one("SELECT type || ' ' || failed FROM jobs.type_total"))
                .as("nobody else can count it")
                .isEqualTo("test.step 1");
    }

    @Test
    void a_job_whose_outcome_counted_while_the_death_was_looked_into_has_not_failed() throws Exception {
        long id = enqueue();
        register.report(died(self(), id, 0));
        DeadWorker second = died(self(), id, 1);
        try (Connection outcome = POSTGRES.dataSource().getConnection()) {
            outcome.setAutoCommit(false);
            outcome.createStatement().execute("DELETE FROM jobs.job");
            CompletableFuture<Void> reporting = CompletableFuture.runAsync(() -> register.report(second));
            awaitOneThatWaitsForALock();
            outcome.commit();
            reporting.get(20, TimeUnit.SECONDS);
        }

        assertThat(rows.count("failed_job")).isZero();
        assertThat(rows.one("SELECT count(*) FROM jobs.death WHERE alone")).isEqualTo("0");
        assertThat(rows.count("type_total")).isZero();
        assertThat(heard).isEmpty();
    }

    private void awaitOneThatWaitsForALock() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (rows.one("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND wait_event_type = 'Lock'")
                .equals("0")) {
            assertThat(System.nanoTime()).as("nothing waits for the lock").isLessThan(deadline);
        }
    }

    @Test
    void an_outcome_that_was_committed_before_the_death_counts() {
        long id = enqueue();
        rows.run("UPDATE jobs.job SET turn = 1");

        register.report(died(self(), id, 0));

        assertThat(rows.one("SELECT turn || ' ' || marks FROM jobs.job")).isEqualTo("1 0");
        assertThat(rows.count("death")).isZero();
    }

    @Test
    void a_kill_of_our_own_brings_no_job_under_suspicion() {
        long id = enqueue();
        WorkerSelf self = self();

        register.report(new DeadWorker(self, running(id, 0), "killed by signal 9", "the supervisor", "", true));

        assertThat(rows.one("SELECT turn || ' ' || marks FROM jobs.job")).isEqualTo("0 0");
        assertThat(rows.count("dead_worker")).isEqualTo(1);
    }

    @Test
    void a_silent_process_that_comes_back_counts_as_living_again() throws SQLException {
        long id = enqueue();
        WorkerSelf self = self();
        beat(self, id);

        register.report(new DeadWorker(self, running(id, 0), "silent", null, "", false));
        assertThat(rows.one("SELECT reported FROM jobs.worker")).isEqualTo("t");
        assertThat(rows.one("SELECT marks FROM jobs.job")).isEqualTo("32");

        beat(self, id);
        assertThat(rows.one("SELECT reported FROM jobs.worker")).isEqualTo("f");
        register.report(died(self, id, 7));
        assertThat(rows.one("SELECT ending || ' ' || certain FROM jobs.dead_worker"))
                .isEqualTo("killed by signal 11 true");
    }

    @Test
    void silence_is_only_believed_after_it_was_heard_for_a_while() throws SQLException {
        long id = enqueue();
        beat(self(), id);
        rows.run("UPDATE jobs.worker SET beat_at = clock_timestamp() - interval '1 minute'");
        SilentWorkers duty = new SilentWorkers(register);
        try (Connection connection = POSTGRES.dataSource().getConnection()) {
            // As after an outage of the database, when nobody could beat.
            duty.run(connection);
            duty.run(connection);
        }

        assertThat(rows.count("dead_worker")).isZero();
    }

    private long enqueue() {
        ledger.inTransaction(transaction -> {
            transaction.enqueue(List.of(NewJob.now(TestJobs.step(1))));
            return null;
        });
        return Long.parseLong(rows.one("SELECT max(id) FROM jobs.job"));
    }

    private void beat(WorkerSelf self, long id) throws SQLException {
        workers.beat(new WorkerBeat(
                self,
                "running",
                List.of(new StartedRun(id, 0, "", System.nanoTime())),
                Duration.ZERO,
                Map.of("test.step", new RunCounts(1, 0, 0, 0, 0, 3)),
                Map.of()));
    }

    private static WorkerSelf self() {
        return new WorkerSelf(UUID.randomUUID(), "w", "here", 77, 2, false);
    }

    private static DeadWorker died(WorkerSelf self, long id, int turn) {
        return new DeadWorker(self, running(id, turn), "killed by signal 11", null, "error file hs_err_77.log\n", true);
    }

    private static List<RunningJob> running(long id, int turn) {
        return List.of(new RunningJob(id, turn, "test.step"));
    }

    @Override
    public boolean concerns(FinishedJob job) {
        return true;
    }

    @Override
    public void settled(JobTransaction transaction, List<SettledJob> jobs) {
        jobs.forEach(job -> heard.add(job.settlement()));
    }
}
