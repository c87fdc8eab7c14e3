package dev.darkroom.jobs.failures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.PostgresExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The counts of causes stay those of the rows, whoever writes at the same time. */
class FailureGroupCountsIT {

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private LedgerRows rows;

    @BeforeEach
    void begin() {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
    }

    @Test
    void many_that_fail_and_discard_at_once_neither_deadlock_nor_miscount() throws Exception {
        Ledger ledger = new Ledger(1, POSTGRES.dataSource(), TestJobs.TYPES, DirectSubmission.NONE);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> {
                    for (int round = 0; round < 25; round++) {
                        new Failures(rows).add(200, 20, 40);
                    }
                }));
            }
            for (int i = 0; i < 2; i++) {
                int cause = i;
                all.add(threads.submit(() -> {
                    for (int round = 0; round < 25; round++) {
                        new DiscardFailures(List.of(ledger))
                                .discard(FailureFilter.ALL.inGroup(Failures.cause(cause)), "ana", chunk -> {});
                        new DiscardFailures(List.of(ledger))
                                .discard(FailureFilter.ALL.inLane("lane-7"), "ana", chunk -> {});
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(rows.all("""
                SELECT fingerprint || ' ' || type || ' ' || g.jobs || ' ' || f.jobs
                FROM jobs.failure_group g FULL JOIN
                  (SELECT fingerprint, type, count(*) AS jobs FROM jobs.failed_job GROUP BY fingerprint, type) f
                  USING (fingerprint, type)
                WHERE g.jobs IS DISTINCT FROM f.jobs""")).isEmpty();
        assertThat(rows.one("SELECT sum(jobs) FROM jobs.audit")).isNotEqualTo("0");
        assertThat(rows.one("SELECT (SELECT sum(jobs) FROM jobs.audit) + count(*) FROM jobs.failed_job"))
                .isEqualTo("20000");
    }
}
