package dev.darkroom.jobs.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.JobId;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.PostgresExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Over two databases. */
class FailedJobsIT {

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private static @Nullable DataSource second;

    private LedgerRows first;
    private LedgerRows other;
    private List<Ledger> ledgers;
    private FailedJobs jobs;

    @BeforeEach
    void begin() throws SQLException {
        if (second == null) {
            second = POSTGRES.dataSource(POSTGRES.createDatabase(), 5);
            new LedgerRows(second).run("DROP SCHEMA jobs CASCADE");
            LedgerSchema.migrate(second, 2);
        }
        first = new LedgerRows(POSTGRES.dataSource());
        other = new LedgerRows(second);
        first.clear();
        other.clear();
        ledgers = List.of(
                new Ledger(1, POSTGRES.dataSource(), TestJobs.TYPES, DirectSubmission.NONE),
                new Ledger(2, second, TestJobs.TYPES, DirectSubmission.NONE));
        jobs = new FailedJobs(ledgers);
    }

    @Test
    void pages_go_through_all_failures_newest_first_each_once() {
        new Failures(first).add(95, 5, 7);
        new Failures(other).add(45, 5, 7);

        List<FailedJob> all = pages(FailureFilter.ALL, 10);

        assertThat(all).hasSize(140).doesNotHaveDuplicates();
        assertThat(all)
                .isSortedAccordingTo(Comparator.comparing(FailedJob::position).reversed());
    }

    @Test
    void every_condition_of_a_filter_counts() {
        new Failures(first).add(100, 5, 10);
        first.run("UPDATE jobs.failed_job SET attempt = 7 WHERE convert_from(args, 'UTF8') LIKE '%:55}'");

        String one = first.one("SELECT max(id) FROM jobs.failed_job");
        assertThat(pages(FailureFilter.ALL.ofJob(Long.valueOf(one)), 7)).hasSize(1);
        assertThat(pages(FailureFilter.ALL.ofJob(Long.valueOf(one)).inLane("no-such"), 7))
                .isEmpty();
        assertThat(pages(FailureFilter.ALL.inGroup(Failures.cause(3)), 7)).hasSize(20);
        assertThat(pages(FailureFilter.ALL.inLane("lane-3"), 7)).hasSize(10);
        assertThat(pages(FailureFilter.ALL.inLane("lane-3").inGroup(Failures.cause(3)), 7))
                .hasSize(10);
        assertThat(pages(FailureFilter.ALL.inLane("lane-3").inGroup(Failures.cause(2)), 7))
                .isEmpty();
        assertThat(pages(FailureFilter.ALL.ofType("test.report"), 7)).isEmpty();
        assertThat(pages(FailureFilter.ALL.containing("CONNECTexception"), 7)).hasSize(100);
        assertThat(pages(FailureFilter.ALL.containing("for 42"), 7)).hasSize(1);
        assertThat(pages(FailureFilter.ALL.containing("for 4_"), 7)).isEmpty();
        assertThat(pages(FailureFilter.ALL.after(new AttemptRange(4, 9)), 7)).hasSize(1);
        Instant middle = pages(FailureFilter.ALL, 100).get(49).failedAt();
        assertThat(pages(FailureFilter.ALL.during(new FailurePeriod(middle, null)), 7))
                .hasSize(50);
        assertThat(pages(FailureFilter.ALL.during(new FailurePeriod(null, middle)), 7))
                .hasSize(50);
    }

    @Test
    void a_page_stops_after_so_many_looks_and_says_where_to_go_on() {
        new Failures(first).add(PageOfFailures.LOOKED_AT + 500, 5, 10);
        new Failures(other).add(30, 5, 10);

        FailurePage page = jobs.page(FailureFilter.ALL.containing("for 137"), null, 500);
        FailurePage rest = jobs.page(FailureFilter.ALL.containing("for 137"), page.next(), 500);

        assertThat(page.jobs())
                .as("what was found among those looked at")
                .hasSizeLessThan(500)
                .isNotEmpty();
        assertThat(page.next()).isNotNull();
        assertThat(rest.next()).isNull();
        assertThat(page.jobs().size() + rest.jobs().size())
                .isEqualTo(Integer.parseInt(
                        first.one("SELECT count(*) FROM jobs.failed_job WHERE message LIKE '%for 137%'")));
    }

    @Test
    void with_an_index_on_the_text_a_page_is_searched_to_the_end() {
        new Failures(first).add(PageOfFailures.LOOKED_AT + 500, 5, 10);
        first.run("""
                CREATE EXTENSION IF NOT EXISTS pg_trgm;
                CREATE INDEX failed_job_text ON jobs.failed_job USING gin ((error_class || ': ' || message) gin_trgm_ops);
                ANALYZE jobs.failed_job""");
        try {
            FailurePage page = jobs.page(FailureFilter.ALL.containing("for 137"), null, 500);

            assertThat(page.next()).isNull();
            assertThat(page.jobs()).hasSize(111);
            assertThat(first.all("EXPLAIN SELECT id FROM jobs.failed_job"
                            + " WHERE (error_class || ': ' || message) ILIKE '%for 137%'"))
                    .anyMatch(line -> line.contains("failed_job_text"));
        } finally {
            first.run("DROP INDEX jobs.failed_job_text");
        }
    }

    @Test
    void one_job_is_shown_with_stack_and_arguments() {
        new Failures(other).add(1, 1, 1);
        long id = Long.parseLong(other.one("SELECT id FROM jobs.failed_job"));

        FailureDetail detail = jobs.find(new JobId(id)).orElseThrow();

        assertThat(new String(detail.arguments(), StandardCharsets.UTF_8))
                .isEqualTo("{\"owner\":\"lane-0\",\"number\":0}");
        assertThat(detail.stack()).contains("at some.Frame");
        assertThat(jobs.find(new JobId(id + (1 << JobId.DATABASE_BITS)))).isEmpty();
        assertThatThrownBy(() -> jobs.find(new JobId(77)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("database 77");
    }

    @Test
    void all_are_streamed_and_a_long_stream_holds_few_rows() {
        new Failures(first).add(3_000, 5, 10);
        new Failures(other).add(2_000, 5, 10);

        List<Long> ids = new ArrayList<>();
        long count = jobs.forEach(
                FailureFilter.ALL.inGroup(Failures.cause(1)),
                detail -> ids.add(detail.job().id()));

        assertThat(count).isEqualTo(1_000);
        assertThat(ids).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void groups_add_up_over_databases() {
        new Failures(first).add(100, 3, 30);
        new Failures(other).add(50, 3, 2);

        List<FailureGroup> groups = new FailureGroups(ledgers).list(null, null);

        assertThat(groups).extracting(FailureGroup::jobs).containsExactly(51L, 50L, 49L);
        assertThat(groups.get(0).sample().stack()).contains("at some.Frame");
        assertThat(groups.get(0).types()).containsExactly(java.util.Map.entry("test.step", 51L));
        assertThat(groups).allSatisfy(group -> assertThat(group.lanes()).hasSizeBetween(10, 20));
        assertThat(new FailureGroups(ledgers).list("test.report", null)).isEmpty();
        assertThat(new FailureGroups(ledgers).list(null, Failures.cause(2)))
                .extracting(FailureGroup::fingerprint)
                .containsExactly(Failures.cause(2));
    }

    @Test
    void a_discard_takes_what_matches_and_says_who_and_how_many() {
        new Failures(first).add(12_000, 3, 30);
        new Failures(other).add(50, 3, 2);

        List<Long> chunks = new ArrayList<>();
        long gone =
                new DiscardFailures(ledgers).discard(FailureFilter.ALL.inGroup(Failures.cause(0)), "ana", chunks::add);

        assertThat(gone).isEqualTo(4_017);
        assertThat(first.count("failed_job")).isEqualTo(8_000);
        assertThat(new FailureGroups(ledgers).list(null, null))
                .extracting(FailureGroup::jobs)
                .containsExactly(4_017L, 4_016L);
        assertThat(new AuditLog(ledgers).last(10))
                .allSatisfy(entry -> {
                    assertThat(entry.actor()).isEqualTo("ana");
                    assertThat(entry.act().filter()).isEqualTo(FailureFilter.ALL.inGroup(Failures.cause(0)));
                    assertThat(entry.endedAt()).isNotNull();
                })
                .extracting(AuditEntry::jobs)
                .containsExactlyInAnyOrder(4_000L, 17L);
    }

    @Test
    void an_export_says_who_and_how_many_also_when_it_breaks_off() {
        new Failures(first).add(30, 3, 30);
        new Failures(other).add(5, 3, 2);

        assertThat(new ExportFailures(ledgers).export(FailureFilter.ALL, "ana", failure -> {}))
                .isEqualTo(35);
        AtomicInteger given = new AtomicInteger();
        assertThatThrownBy(() -> new ExportFailures(ledgers).export(FailureFilter.ALL, "ben", failure -> {
                    if (given.incrementAndGet() == 12) {
                        throw new UncheckedIOException(new IOException("the disk is full"));
                    }
                }))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(new AuditLog(ledgers).last(10))
                .extracting(entry ->
                        entry.actor() + " " + entry.act().name() + " " + entry.jobs() + " " + (entry.endedAt() != null))
                .containsExactlyInAnyOrder("ana export 30 true", "ana export 5 true", "ben export 12 false");
    }

    @Test
    void what_fails_while_a_discard_runs_stays() {
        new Failures(first).add(6_000, 1, 1);

        new DiscardFailures(ledgers).discard(FailureFilter.ALL, "ana", chunk -> first.run("""
                INSERT INTO jobs.failed_job (type, args, error_class, message, stack, fingerprint, worker)
                VALUES ('test.step', '{}', 'e', 'm', '', '0000000000000000', 'w')"""));

        assertThat(first.count("failed_job")).isEqualTo(2);
    }

    private List<FailedJob> pages(FailureFilter filter, int size) {
        List<FailedJob> all = new ArrayList<>();
        FailurePosition next = null;
        do {
            FailurePage page = jobs.page(filter, next, size);
            all.addAll(page.jobs());
            next = page.next();
        } while (next != null);
        return all;
    }
}
