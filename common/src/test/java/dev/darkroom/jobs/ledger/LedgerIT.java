package dev.darkroom.jobs.ledger;

import static dev.darkroom.jobs.TestJobs.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.CommitUnknownException;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.JobId;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.testing.PostgresExtension;
import dev.darkroom.testing.RoundTrips;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerIT {

    private static final int DATABASE = 7;

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_7", source -> LedgerSchema.migrate(source, DATABASE));

    private final List<CommittedJob> submitted = new ArrayList<>();
    private int quota;
    private LedgerRows rows;
    private Ledger ledger;

    @BeforeEach
    void begin() {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
        ledger = new Ledger(DATABASE, POSTGRES.dataSource(), TestJobs.TYPES, new DirectSubmission() {
            @Override
            public boolean admits(Connection connection, JobType<?> type, int count) {
                return count <= quota;
            }

            @Override
            public void submit(List<CommittedJob> jobs) {
                assertThat(rows.count("job"))
                        .as("rows are visible before they are submitted")
                        .isPositive();
                submitted.addAll(jobs);
            }
        });
    }

    @Test
    void a_job_exists_when_its_transaction_has_committed() {
        ledger.inTransaction(transaction -> {
            transaction.enqueue(step(1));
            return null;
        });

        assertThat(rows.all("SELECT convert_from(args, 'UTF8') FROM jobs.job"))
                .containsExactly("{\"owner\":\"\",\"number\":1}");
        assertThat(rows.one("SELECT leased_until IS NULL FROM jobs.job")).isEqualTo("t");
    }

    @Test
    void a_job_of_a_transaction_that_fails_never_existed() {
        assertThatThrownBy(() -> ledger.inTransaction(transaction -> {
                    transaction.enqueue(step(1));
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.inTransaction(transaction -> {
                    transaction.enqueue(step(1));
                    return transaction.connection().createStatement().execute("SELECT 1 / 0");
                }))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("division by zero");

        assertThat(rows.count("job")).isZero();
        assertThat(submitted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_goes_wrong_after_the_commit_is_not_told_as_if_nothing_had_happened(boolean more) {
        Ledger unlucky =
                new Ledger(DATABASE, LostAfterCommit.of(POSTGRES.dataSource()), TestJobs.TYPES, new DirectSubmission() {
                    @Override
                    public boolean admits(Connection connection, JobType<?> type, int count) {
                        return true;
                    }

                    @Override
                    public void submit(List<CommittedJob> jobs) {
                        throw new IllegalStateException("The job server is being closed");
                    }
                });

        String result = unlucky.inTransaction(transaction -> {
            transaction.enqueue(step(1));
            if (more) {
                transaction.connection().createStatement().execute("SELECT 1");
            }
            return "committed";
        });

        assertThat(result).isEqualTo("committed");
        assertThat(rows.count("job")).isEqualTo(1);
    }

    @Test
    void a_job_that_the_database_refuses_commits_nothing_of_its_transaction() {
        assertThatThrownBy(() -> ledger.inTransaction(transaction -> {
                    transaction
                            .connection()
                            .createStatement()
                            .execute("INSERT INTO jobs.type_total (type) VALUES ('written')");
                    transaction.enqueue(new TestJobs.Step("no text holds \0", 1));
                    return null;
                }))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("could not be enqueued");

        assertThat(rows.count("job")).isZero();
        assertThat(rows.all("SELECT type FROM jobs.type_total")).isEmpty();
    }

    @Test
    void any_number_of_jobs_is_enqueued_and_committed_in_one_round_trip() {
        enqueue(List.of(NewJob.now(step(1))));
        for (List<NewJob> jobs : List.of(
                List.of(NewJob.now(step(2))),
                IntStream.range(3, 50).mapToObj(i -> NewJob.now(step(i))).toList())) {
            try (RoundTrips trips = RoundTrips.counted()) {
                enqueue(jobs);
                assertThat(trips.soFar()).isEqualTo(1);
            }
        }
        assertThat(rows.count("job")).isEqualTo(49);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_commit_without_an_answer_is_unknown(boolean more) {
        Ledger cutOff =
                new Ledger(DATABASE, CutOffAtCommit.of(POSTGRES.dataSource()), TestJobs.TYPES, DirectSubmission.NONE);

        assertThatThrownBy(() -> cutOff.inTransaction(transaction -> {
                    transaction.enqueue(step(1));
                    return more && transaction.connection().createStatement().execute("SELECT 1");
                }))
                .isInstanceOf(CommitUnknownException.class)
                .hasMessageContaining("unknown");
        assertThat(rows.count("job")).isOne();
    }

    @Test
    void a_commit_that_the_database_refuses_has_not_happened() {
        rows.run("CREATE TABLE jobs.parent (id int PRIMARY KEY); CREATE TABLE jobs.child"
                + " (id int REFERENCES jobs.parent DEFERRABLE INITIALLY DEFERRED)");

        assertThatThrownBy(() -> ledger.inTransaction(transaction -> {
                    transaction.enqueue(step(1));
                    return transaction.connection().createStatement().execute("INSERT INTO jobs.child VALUES (1)");
                }))
                .isInstanceOf(JobException.class)
                .isNotInstanceOf(CommitUnknownException.class)
                .hasMessageContaining("foreign key");
        assertThat(rows.count("job")).isZero();
        rows.run("DROP TABLE jobs.child, jobs.parent");
    }

    @Test
    void ids_say_which_database_they_live_in_and_are_ordered() {
        enqueue(IntStream.range(0, 1000).mapToObj(i -> NewJob.now(step(i))).toList());

        List<Long> ids =
                rows
                        .all("SELECT id FROM jobs.job ORDER BY (convert_from(args, 'UTF8')::json ->> 'number')::int")
                        .stream()
                        .map(Long::valueOf)
                        .toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates().hasSize(1000);
        assertThat(ids).allSatisfy(id -> assertThat(new JobId(id).database()).isEqualTo(DATABASE));
    }

    @Test
    void an_open_gate_lets_jobs_through_after_the_commit_and_leases_their_rows() {
        quota = 2;
        enqueue(List.of(NewJob.now(step(1)), NewJob.now(step(2))));

        assertThat(submitted)
                .extracting(job -> new String(job.arguments(), java.nio.charset.StandardCharsets.UTF_8))
                .containsExactly("{\"owner\":\"\",\"number\":1}", "{\"owner\":\"\",\"number\":2}");
        assertThat(rows.all("SELECT id FROM jobs.job ORDER BY id"))
                .isEqualTo(
                        submitted.stream().map(job -> Long.toString(job.id())).toList());
        assertThat(
                        rows.all(
                                "SELECT DISTINCT leased_until BETWEEN clock_timestamp() AND clock_timestamp() + interval '6 s' FROM jobs.job"))
                .containsExactly("t");
    }

    @Test
    void a_single_job_is_submitted_and_leased_like_many() {
        quota = 1;
        enqueue(List.of(NewJob.now(step(1))));

        assertThat(rows.all("SELECT id FROM jobs.job"))
                .containsExactly(Long.toString(submitted.get(0).id()));
        assertThat(rows.one("SELECT leased_until > clock_timestamp() FROM jobs.job"))
                .isEqualTo("t");
    }

    @Test
    void what_the_gate_does_not_admit_waits_for_the_relay() {
        quota = 2;
        enqueue(List.of(NewJob.now(step(1)), NewJob.now(step(2)), NewJob.now(step(3))));

        assertThat(submitted).isEmpty();
        assertThat(rows.all("SELECT DISTINCT leased_until IS NULL FROM jobs.job"))
                .containsExactly("t");
    }

    @Test
    void jobs_due_later_are_kept_apart_with_the_databases_time() {
        enqueue(List.of(NewJob.after(Duration.ofHours(1), step(1)), NewJob.now(step(2))));

        assertThat(rows.count("job")).isOne();
        assertThat(
                        rows.one(
                                "SELECT run_at BETWEEN clock_timestamp() + interval '59 min' AND clock_timestamp() + interval '1 h' FROM jobs.later_job"))
                .isEqualTo("t");
    }

    @Test
    void lane_and_priority_come_from_the_type() {
        enqueue(List.of(NewJob.now(new TestJobs.Step("vip-1", 1)), NewJob.now(new TestJobs.Step("ana", 1))));

        assertThat(rows.all("SELECT lane || ' ' || priority FROM jobs.job ORDER BY lane"))
                .containsExactly("ana 1", "vip-1 0");
    }

    private void enqueue(List<NewJob> jobs) {
        ledger.inTransaction(transaction -> {
            transaction.enqueue(jobs);
            return null;
        });
    }
}
