package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.jobs.JobLedger;
import dev.darkroom.jobs.death.FlightRecorder;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.testing.ContractJobs;
import dev.darkroom.jobs.testing.LedgerContract;
import dev.darkroom.testing.PostgresExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole platform, held to what the test kit promises of it. */
@Timeout(90)
class RealLedgerContractIT extends LedgerContract {

    private static final String DUE = "SELECT (SELECT count(*) FROM jobs.job)"
            + " + (SELECT count(*) FROM jobs.later_job WHERE run_at <= clock_timestamp())";

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    private final List<AutoCloseable> open = new ArrayList<>();
    private final LedgerRows rows = new LedgerRows(POSTGRES.dataSource());

    @Override
    protected JobLedger begin(JobHandlers handlers) {
        rows.clear();
        Ledger ledger = new Ledger(1, POSTGRES.dataSource(), ContractJobs.TYPES, DirectSubmission.NONE);
        JobServers servers = new JobServers(List.of(SERVER.address()), "contract", "here");
        open.add(servers);
        servers.relay(1, POSTGRES.dataSource());
        JobWorker worker = new JobWorker(
                WorkerIdentity.ofThisProcess("contract", "here", 1),
                List.of(SERVER.address()),
                List.of(ledger),
                handlers,
                FlightRecorder.NONE,
                Pause.SLEEP);
        open.add(worker);
        worker.start();
        return ledger;
    }

    @AfterEach
    void end() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        // The next test begins with a server that holds nothing.
        SERVER.kill();
        SERVER.start();
    }

    @Override
    protected void drain() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!rows.one(DUE).equals("0")) {
            assertThat(System.nanoTime()).as("jobs are still due").isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(10));
        }
    }

    @Override
    protected void advance(Duration by) {
        String past = "- interval '%d seconds'".formatted(by.toSeconds());
        rows.run("UPDATE jobs.later_job SET run_at = run_at %1$s, expires_at = expires_at %1$s".formatted(past));
        rows.run("UPDATE jobs.job SET run_at = run_at %1$s, expires_at = expires_at %1$s".formatted(past));
        rows.run("UPDATE jobs.unique_job SET expires_at = expires_at " + past);
    }

    @Override
    protected int waiting() {
        return (int) (rows.count("job") + rows.count("later_job"));
    }

    @Override
    protected List<String> failures() {
        return rows.all("SELECT message FROM jobs.failed_job ORDER BY failed_at");
    }
}
