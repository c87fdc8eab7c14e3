package dev.darkroom.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.catalogue.JobCatalogue;
import dev.darkroom.clock.Pause;
import dev.darkroom.feeds.DeliverMedia;
import dev.darkroom.feeds.FannedOut;
import dev.darkroom.jobs.NewFlow;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.death.RunFolder;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.Mark;
import dev.darkroom.jobs.ledger.WorkerSelf;
import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.testing.ShardsExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What whoever runs the processes of a system does about one that died. */
@Timeout(60)
class WorkerDeathsIT {

    private static final String DELIVER = "feed.deliver";

    @RegisterExtension
    static final ShardsExtension SHARDS =
            new ShardsExtension(List.copyOf(JobCatalogue.all().all()));

    @TempDir
    private Path folder;

    @Test
    void the_last_job_of_a_flow_that_kills_its_process_again_fails_and_what_follows_the_flow_comes() throws Exception {
        DataFolder data = new DataFolder(folder);
        PhysicalDatabase database = SHARDS.shards().databases().get(0);
        LedgerRows rows = new LedgerRows(database.source());
        database.ledger()
                .inTransaction(transaction -> transaction.enqueueFlow(new NewFlow(
                        List.of(NewJob.now(new DeliverMedia(1, 2, 0, 3, 1, 1))), new FannedOut(1, 2, 0, 0))));
        rows.run("UPDATE jobs.job SET marks = marks | " + Mark.SUSPECT.bit());
        diedRunning(data, Long.parseLong(rows.one("SELECT id FROM jobs.job")));

        try (WorkerDeaths deaths = WorkerDeaths.start(SHARDS.parts(), data)) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (rows.count("failed_job") == 0) {
                assertThat(System.nanoTime()).as("the job fails").isLessThan(deadline);
                Pause.SLEEP.pause(Duration.ofMillis(20));
            }
        }

        assertThat(rows.all("SELECT type FROM jobs.failed_job")).containsExactly(DELIVER);
        assertThat(rows.all("SELECT type || ' ' || convert_from(args, 'UTF8') FROM jobs.job"))
                .singleElement()
                .asString()
                .startsWith("feed.fanned-out")
                .contains("\"failed\":1");
    }

    /** Leaves what a process leaves that ran a job when it died. */
    private static void diedRunning(DataFolder data, long job) throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        WorkerSelf self = new WorkerSelf(UUID.randomUUID(), "alone@here:1", "here", process.pid(), 1, true);
        new RunFolder(data.workerFolder()).recorder(self).slot().begin(job, 0, DELIVER);
    }
}
