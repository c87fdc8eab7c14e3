package dev.darkroom.jobs.ledger;

import static dev.darkroom.jobs.TestJobs.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.jobs.BulkException;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.NewBulk;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Step;
import dev.darkroom.testing.PostgresExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(300)
class EnqueueBulkIT {

    private static final String NAME = "test.bulk";
    private static final int JOBS = 25_000;

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private final List<Long> progress = new ArrayList<>();
    private LedgerRows rows;
    private Ledger ledger;

    @BeforeEach
    void begin() {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
        ledger = new Ledger(1, POSTGRES.dataSource(), TestJobs.TYPES, new AdmitsEverything());
    }

    @Test
    void every_job_exists_once_and_waits_for_the_relay() {
        assertThat(bulk(steps(JOBS, number -> NewJob.now(step(number))))).isEqualTo(JOBS);

        assertThat(progress).containsExactly(10_000L, 20_000L, 25_000L);
        assertThat(rows.one("SELECT count(DISTINCT args) FROM jobs.job WHERE leased_until IS NULL"))
                .isEqualTo(Integer.toString(JOBS));
        assertThat(rows.count("later_job")).isZero();
    }

    @Test
    void a_row_is_the_same_as_one_enqueued_alone() {
        Instant time = Instant.parse("2099-03-01T10:00:00.123456Z");
        List<NewJob> jobs = List.of(
                NewJob.now(new Step("vip \u00e4\u20ac\ud83d\udcf7", 1)),
                NewJob.after(Duration.ofHours(3), new Step("", 2)),
                NewJob.at(time, new Step("later", 3)),
                NewJob.at(Instant.parse("2001-01-01T00:00:00Z"), new Step("past", 4)));

        ledger.inTransaction(transaction -> {
            transaction.enqueue(jobs);
            return null;
        });
        List<String> alone = described();
        rows.clear();
        bulk(jobs.iterator());

        assertThat(described())
                .isEqualTo(alone)
                .anySatisfy(row -> assertThat(row).contains("2099-03-01 10:00:00.123456"))
                .noneSatisfy(row -> assertThat(row).contains("2001"));
    }

    @Test
    void a_bulk_whose_database_went_away_goes_on_where_it_was() {
        Iterator<NewJob> breaking = steps(JOBS, number -> {
            if (number == 15_000) {
                rows.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND state = 'idle in transaction'");
            }
            return NewJob.now(step(number));
        });

        BulkException stopped = catchThrowableOfType(BulkException.class, () -> bulk(breaking));
        assertThat(stopped.enqueued()).isEqualTo(10_000);
        assertThat(stopped).hasMessageContaining(NAME).hasMessageContaining("10000");
        assertThat(rows.count("job")).isEqualTo(10_000);

        assertThat(bulk(steps(JOBS, number -> NewJob.now(step(number))))).isEqualTo(JOBS);
        assertThat(rows.one("SELECT count(*) || ' ' || count(DISTINCT args) FROM jobs.job"))
                .isEqualTo(JOBS + " " + JOBS);
        assertThat(progress).containsExactly(10_000L, 20_000L, 25_000L);
    }

    @Test
    void an_iterator_that_throws_leaves_whole_chunks() {
        Iterator<NewJob> broken = steps(JOBS, number -> {
            if (number == 10_500) {
                throw new IllegalStateException("the source ended");
            }
            return NewJob.now(step(number));
        });

        assertThatThrownBy(() -> bulk(broken)).isInstanceOf(IllegalStateException.class);

        assertThat(rows.count("job")).isEqualTo(10_000);
    }

    @Test
    void two_at_once_enqueue_every_job_once() throws Exception {
        CompletableFuture<Long> other = CompletableFuture.supplyAsync(() ->
                ledger.enqueueAll(NewBulk.named(NAME, steps(JOBS, number -> NewJob.now(step(number))))));
        bulk(steps(JOBS, number -> NewJob.now(step(number))));

        assertThat(other.get(60, TimeUnit.SECONDS)).isEqualTo(JOBS);
        assertThat(rows.one("SELECT count(*) || ' ' || count(DISTINCT args) FROM jobs.job"))
                .isEqualTo(JOBS + " " + JOBS);
    }

    @Test
    void while_one_gathers_a_chunk_another_of_the_same_name_waits() throws Exception {
        List<CompletableFuture<Long>> other = new ArrayList<>();
        bulk(steps(JOBS, number -> {
            if (number == 5_000) {
                other.add(CompletableFuture.supplyAsync(() ->
                        ledger.enqueueAll(NewBulk.named(NAME, steps(JOBS, same -> NewJob.now(step(same)))))));
                awaitItsLockOrEnd(other.get(0));
            }
            return NewJob.now(step(number));
        }));

        assertThat(other.get(0).get(60, TimeUnit.SECONDS)).isEqualTo(JOBS);
        assertThat(rows.one("SELECT count(*) || ' ' || count(DISTINCT args) FROM jobs.job"))
                .isEqualTo(JOBS + " " + JOBS);
    }

    private void awaitItsLockOrEnd(CompletableFuture<Long> other) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!other.isDone()
                && rows.one("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock'")
                        .equals("0")) {
            assertThat(System.nanoTime()).as("the other neither waits nor ends").isLessThan(deadline);
        }
    }

    @Test
    void a_name_whose_bulk_has_ended_enqueues_nothing_more() {
        bulk(steps(10, number -> NewJob.now(step(number))));

        assertThat(bulk(steps(20, number -> NewJob.now(step(number))))).isEqualTo(10);
        assertThat(rows.count("job")).isEqualTo(10);
    }

    @Test
    void an_iterator_that_is_shorter_than_what_was_enqueued_is_refused() {
        rows.run("INSERT INTO jobs.bulk (name, enqueued) VALUES ('" + NAME + "', 30)");

        assertThatThrownBy(() -> bulk(steps(20, number -> NewJob.now(step(number)))))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("not the same");
    }

    @Test
    void no_jobs_are_a_bulk_too() {
        assertThat(bulk(steps(0, number -> NewJob.now(step(number))))).isZero();
        assertThatThrownBy(() -> NewBulk.named(" ", steps(0, number -> NewJob.now(step(number)))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void memory_stays_small_for_fifty_thousand() throws Exception {
        assertThat(inSmallHeap(50_000)).isEqualTo(50_000);
    }

    @Test
    @Tag("full")
    void memory_stays_small_for_a_million() throws Exception {
        assertThat(inSmallHeap(1_000_000)).isEqualTo(1_000_000);
    }

    /** A million jobs as objects would need ten times this. */
    private long inSmallHeap(int jobs) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx40m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BulkProcess.class.getName(),
                        POSTGRES.jdbcUrl(),
                        Integer.toString(jobs))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(rows.count("later_job")).isEqualTo(jobs / 10);
        assertThat(rows.count("job")).isEqualTo(jobs - jobs / 10);
        String[] lines = output.strip().split("\n", -1);
        return Long.parseLong(lines[lines.length - 1].strip());
    }

    private long bulk(Iterator<NewJob> jobs) {
        return ledger.enqueueAll(NewBulk.named(NAME, jobs).telling(progress::add));
    }

    private static Iterator<NewJob> steps(int count, IntFunction<NewJob> job) {
        return IntStream.range(0, count).mapToObj(job).iterator();
    }

    /** All that a row has but its id, with times of now as none. */
    private List<String> described() {
        return rows.all("""
                SELECT convert_from(args, 'UTF8') || j.type || j.priority || j.lane || j.turn || j.attempt || j.marks
                  || coalesce(j.flow_id::text, '-') || coalesce(j.unique_key, '-') || coalesce(j.expires_at::text, '-')
                  || coalesce(j.trace, '-') || ' ' || j.source || ' '
                  || CASE WHEN j.run_at < clock_timestamp() THEN 'now'
                          WHEN j.run_at < clock_timestamp() + interval '1 day'
                          THEN round(extract(epoch FROM j.run_at - clock_timestamp()) / 60)::text
                          ELSE (j.run_at AT TIME ZONE 'UTC')::text END
                FROM (SELECT *, 'job' AS source FROM jobs.job UNION ALL SELECT *, 'later' FROM jobs.later_job) j
                ORDER BY 1""");
    }

    /** A bulk must not go the short way even where the gate is open. */
    private static final class AdmitsEverything implements DirectSubmission {

        @Override
        public boolean admits(java.sql.Connection connection, dev.darkroom.jobs.JobType<?> type, int count) {
            return true;
        }

        @Override
        public void submit(List<CommittedJob> jobs) {
            // Alone, jobs are submitted; what becomes of them there is another test's.
        }
    }
}
