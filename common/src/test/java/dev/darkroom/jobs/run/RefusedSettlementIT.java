package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Report;
import dev.darkroom.jobs.ledger.DirectSubmission;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a handler wants written or enqueued cannot be. */
@Timeout(90)
class RefusedSettlementIT extends PlatformFixture {

    private static final String CARD = "4111111111111111";

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    /** Of a release that this process does not know. */
    private record Newer(int number) implements Job {}

    @Override
    RestartableServer server() {
        return SERVER;
    }

    @Test
    void a_refused_row_is_not_shown_in_the_failure() throws InterruptedException {
        rows.run("DROP TABLE IF EXISTS jobs.test_payment;"
                + " CREATE TABLE jobs.test_payment (card text CHECK (length(card) < 5), amount integer)");
        worker(
                "w",
                1,
                new JobHandlers()
                        .add(
                                TestJobs.REPORT,
                                (report, context) -> Outcome.done().writing(transaction -> {
                                    try (Statement insert =
                                            transaction.connection().createStatement()) {
                                        insert.execute(report.text());
                                    }
                                })));
        relay();

        ledger(DirectSubmission.NONE).inTransaction(transaction -> {
            transaction.enqueue(new Report("INSERT INTO jobs.test_payment VALUES ('" + CARD + "', 1)"));
            transaction.enqueue(new Report("INSERT INTO jobs.test_payment SELECT 'x', '" + CARD + "'::integer"));
            return null;
        });

        awaitRow("SELECT count(*) FROM jobs.failed_job", "2");
        assertThat(rows.one("SELECT string_agg(message || stack, ' ') FROM jobs.failed_job"))
                .contains("SQLSTATE 23514", "violates check constraint", "SQLSTATE 22003", "at org.postgresql")
                .doesNotContain(CARD);
    }

    @Test
    void what_follows_and_is_unknown_here_costs_no_attempt() throws InterruptedException {
        worker("w", 1, new JobHandlers().add(TestJobs.STEP, (step, context) -> {
                    count(step);
                    return Outcome.done().then(new Newer(step.number()));
                }));
        relay();

        enqueue(ledger(DirectSubmission.NONE), "", 1, 2);

        awaitRow("SELECT count(*) FROM jobs.later_job", "1");
        assertThat(rows.one("SELECT attempt || ' ' || turn || ' ' || (run_at > clock_timestamp() + interval '20 s')"
                        + " FROM jobs.later_job"))
                .isEqualTo("0 1 true");
        assertThat(runs.get(1)).hasValue(1);
    }
}
