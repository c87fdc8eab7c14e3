package dev.darkroom.jobs.unique;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.Enqueued;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.unique.UniqueJobs.Digest;
import dev.darkroom.jobs.unique.UniqueJobs.Index;
import dev.darkroom.jobs.unique.UniqueJobs.Sum;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UniqueKeysIT {

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private LedgerRows rows;
    private UniqueJobs jobs;

    @BeforeEach
    void begin() {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
        jobs = new UniqueJobs(POSTGRES.dataSource());
    }

    @Test
    void a_second_job_with_the_key_is_not_enqueued_and_its_caller_learns_of_the_first() {
        Enqueued first = jobs.enqueue(new Sum("ana", 1));
        Enqueued second = jobs.enqueue(new Sum("ana", 2));
        Enqueued other = jobs.enqueue(new Sum("bob", 3));

        assertThat(first.accepted()).isTrue();
        assertThat(second).isEqualTo(Enqueued.duplicateOf(jobs.id(first)));
        assertThat(other.accepted()).isTrue();
        assertThat(rows.all("SELECT id || ' ' || unique_key || ' ' || marks FROM jobs.job ORDER BY id"))
                .containsExactly(jobs.id(first) + " ana 4", jobs.id(other) + " bob 4");
    }

    @Test
    void of_one_transaction_the_first_with_a_key_is_enqueued() {
        List<Enqueued> results = jobs.ledger.inTransaction(transaction -> {
            List<Enqueued> both =
                    transaction.enqueue(List.of(NewJob.now(new Sum("ana", 1)), NewJob.now(new Sum("ana", 2))));
            assertThat(transaction.enqueue(new Sum("ana", 3)).accepted()).isFalse();
            return both;
        });

        assertThat(results).extracting(Enqueued::accepted).containsExactly(true, false);
        assertThat(rows.one("SELECT convert_from(args, 'UTF8')::json ->> 'amount' FROM jobs.job"))
                .isEqualTo("1");
    }

    @Test
    void a_transaction_that_fails_leaves_no_key_behind() {
        assertThatThrownBy(() -> jobs.ledger.inTransaction(transaction -> {
                    transaction.enqueue(new Sum("ana", 1));
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(rows.count("unique_job")).isZero();
        assertThat(jobs.enqueue(new Sum("ana", 2)).accepted()).isTrue();
    }

    @Test
    void a_key_until_done_lasts_through_retries_and_snoozes_and_ends_with_the_job() {
        for (Outcome end : List.of(Outcome.done(), Outcome.discard("unwanted"), Outcome.retry("for good"))) {
            long id = jobs.id(jobs.enqueue(new Sum("ana", 1)));
            jobs.settle(id, 0, 0, UniqueJobs.SUM, Outcome.retry("once"));
            assertThat(jobs.enqueue(new Sum("ana", 2)).accepted())
                    .as("it waits")
                    .isFalse();
            rows.run("INSERT INTO jobs.job SELECT * FROM jobs.later_job; DELETE FROM jobs.later_job");
            jobs.settle(id, 1, 1, UniqueJobs.SUM, Outcome.snooze(Duration.ZERO));
            assertThat(jobs.enqueue(new Sum("ana", 2)).accepted())
                    .as("it snoozes")
                    .isFalse();

            jobs.settle(id, 2, 1, UniqueJobs.SUM, end);

            assertThat(rows.count("job")).as("it has ended").isZero();
            assertThat(rows.count("unique_job")).as(end.toString()).isZero();
        }
        assertThat(rows.count("failed_job")).isOne();
    }

    @Test
    void an_outcome_that_does_not_count_gives_no_key_back() {
        long id = jobs.id(jobs.enqueue(new Sum("ana", 1)));
        jobs.settle(id, 0, 0, UniqueJobs.SUM, Outcome.snooze(Duration.ZERO));

        jobs.settle(id, 0, 0, UniqueJobs.SUM, Outcome.done());

        assertThat(jobs.enqueue(new Sum("ana", 2)).accepted()).isFalse();
    }

    @Test
    void a_job_may_ask_for_the_next_with_its_own_key() {
        long id = jobs.id(jobs.enqueue(new Sum("ana", 1)));

        jobs.settle(id, 0, 0, UniqueJobs.SUM, Outcome.done().then(new Sum("ana", 2)));

        assertThat(rows.one("SELECT convert_from(args, 'UTF8')::json ->> 'amount' FROM jobs.job"))
                .isEqualTo("2");
        assertThat(rows.all("SELECT job_id FROM jobs.unique_job")).isEqualTo(rows.all("SELECT id FROM jobs.job"));
    }

    @Test
    void a_key_held_while_waiting_is_free_when_the_run_begins_but_not_by_an_earlier_run() throws SQLException {
        long id = jobs.id(jobs.enqueue(new Index("a")));
        jobs.settle(id, 0, 0, UniqueJobs.INDEX, Outcome.snooze(Duration.ZERO));

        begin(id, 0);
        assertThat(jobs.enqueue(new Index("a")).accepted()).as("it waits again").isFalse();
        begin(id, 1);
        assertThat(jobs.enqueue(new Index("a")).accepted())
                .as("its run has begun")
                .isTrue();
    }

    private void begin(long id, int turn) throws SQLException {
        try (Connection connection = POSTGRES.dataSource().getConnection()) {
            ReleaseKeys.ofBegun(connection, id, turn);
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    @Test
    void a_key_for_a_period_outlasts_its_job_and_is_free_after_it() {
        long id = jobs.id(jobs.enqueue(NewJob.after(Duration.ofMinutes(1), new Digest("ana"))));
        rows.run("INSERT INTO jobs.job SELECT * FROM jobs.later_job; DELETE FROM jobs.later_job");
        jobs.settle(id, 0, 0, UniqueJobs.DIGEST, Outcome.done());
        assertThat(rows.count("job")).isZero();

        assertThat(jobs.enqueue(new Digest("ana"))).isEqualTo(Enqueued.duplicateOf(id));
        rows.run("UPDATE jobs.unique_job SET expires_at = expires_at - interval '61 minutes'");
        Enqueued next = jobs.enqueue(new Digest("ana"));

        assertThat(next.accepted()).isTrue();
        assertThat(rows.one("SELECT job_id FROM jobs.unique_job")).isEqualTo(Long.toString(jobs.id(next)));
        assertThat(jobs.enqueue(new Digest("ana")).accepted()).isFalse();
    }

    @Test
    void a_job_whose_key_is_null_may_be_there_any_number_of_times() {
        assertThat(jobs.enqueue(new Digest(""))).isEqualTo(Enqueued.PLAIN);
        assertThat(jobs.enqueue(new Digest("")).accepted()).isTrue();

        assertThat(rows.count("job")).isEqualTo(2);
        assertThat(rows.count("unique_job")).isZero();
    }

    @Test
    void a_key_too_long_is_refused() {
        assertThatThrownBy(() -> jobs.enqueue(new Sum("a".repeat(257), 1)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("at most 256");
    }

    @Test
    void what_no_job_holds_any_more_is_swept_and_nothing_else() throws SQLException {
        jobs.enqueue(new Sum("waits", 1));
        jobs.enqueue(NewJob.after(Duration.ofHours(1), new Sum("waits for later", 1)));
        long deleted = jobs.id(jobs.enqueue(new Sum("deleted", 1)));
        jobs.enqueue(new Digest("over"));
        rows.run("UPDATE jobs.unique_job SET expires_at = clock_timestamp() WHERE key = 'over'");
        jobs.enqueue(new Digest("current"));
        rows.run("DELETE FROM jobs.job WHERE type = 'test.digest' OR id = " + deleted);

        try (Connection connection = POSTGRES.dataSource().getConnection()) {
            SweepKeys.expired(connection);
            assertThat(SweepKeys.withoutJob(connection)).isOne();
        }

        assertThat(rows.all("SELECT key FROM jobs.unique_job ORDER BY key"))
                .containsExactly("current", "waits", "waits for later");
    }
}
