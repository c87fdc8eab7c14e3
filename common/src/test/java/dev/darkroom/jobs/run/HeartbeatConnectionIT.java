package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.death.FlightRecorder;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(90)
class HeartbeatConnectionIT extends PlatformFixture {

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @Override
    RestartableServer server() {
        return SERVER;
    }

    @Test
    void handlers_that_keep_every_connection_do_not_silence_the_heartbeat() throws Exception {
        DataSource handlers = POSTGRES.dataSource(POSTGRES.database(), 2);
        DataSource heartbeats = POSTGRES.dataSource(POSTGRES.database(), 1);
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        Ledger ledger = new Ledger(1, handlers, heartbeats, TestJobs.TYPES, DirectSubmission.NONE);
        JobWorker worker = new JobWorker(
                WorkerIdentity.ofThisProcess("w", "here", 2),
                addresses(),
                List.of(ledger),
                new JobHandlers().add(TestJobs.STEP, (step, context) -> {
                    try (Connection kept = handlers.getConnection()) {
                        begun.countDown();
                        end.await();
                        return Outcome.done();
                    }
                }),
                FlightRecorder.NONE,
                Pause.SLEEP);
        open.add(worker);
        worker.start();
        relay();
        enqueue(ledger(DirectSubmission.NONE), "", 0, 2);
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        rows.run("CREATE TABLE IF NOT EXISTS jobs.test_seen (at timestamptz); TRUNCATE jobs.test_seen;"
                + " INSERT INTO jobs.test_seen VALUES (clock_timestamp())");

        awaitRow(
                "SELECT count(*) FROM jobs.worker, jobs.test_seen WHERE beat_at > at AND cardinality(started) = 2",
                "1",
                4);
        end.countDown();
        awaitEmptyLedger();
    }
}
