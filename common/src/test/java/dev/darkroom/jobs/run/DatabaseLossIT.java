package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.death.FlightRecorder;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.MortalPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is killed while jobs are enqueued, relayed and settled. */
@Timeout(120)
class DatabaseLossIT {

    private static final int JOBS = 4_000;

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @TempDir
    private Path folder;

    @Test
    void a_database_killed_under_load_loses_nothing() throws Exception {
        Set<Integer> done = ConcurrentHashMap.newKeySet();
        CountDownLatch some = new CountDownLatch(300);
        try (MortalPostgres postgres = MortalPostgres.start(folder.resolve("pg"));
                HikariDataSource source = postgres.pool(5);
                JobServers servers = new JobServers(List.of(SERVER.address()), "test", "here")) {
            LedgerSchema.migrate(source, 1);
            Ledger ledger = new Ledger(1, source, TestJobs.TYPES, DirectSubmission.NONE);
            enqueue(ledger);
            servers.relay(1, source);
            try (JobWorker worker = worker(ledger, new JobHandlers().add(TestJobs.STEP, (step, context) -> {
                        done.add(step.number());
                        some.countDown();
                        return Outcome.done();
                    }))) {
                worker.start();
                assertThat(some.await(30, TimeUnit.SECONDS)).isTrue();

                postgres.killAndStartAgain();

                awaitEmpty(new LedgerRows(postgres.direct()));
            }
        }
        assertThat(done).hasSize(JOBS);
    }

    private static void enqueue(Ledger ledger) {
        ledger.inTransaction(transaction -> {
            transaction.enqueue(IntStream.range(0, JOBS)
                    .mapToObj(number -> NewJob.now(TestJobs.step(number)))
                    .toList());
            return null;
        });
    }

    private static JobWorker worker(Ledger ledger, JobHandlers handlers) {
        return new JobWorker(
                WorkerIdentity.ofThisProcess("w", "here", 2),
                List.of(SERVER.address()),
                List.of(ledger),
                handlers,
                FlightRecorder.NONE,
                Pause.SLEEP);
    }

    private static void awaitEmpty(LedgerRows rows) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (rows.count("job") + rows.count("later_job") > 0) {
            assertThat(System.nanoTime()).as("the ledger never empties").isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(50));
        }
    }
}
