package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.storm.ProcessServer;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One of two job servers stands still: it is connected to and never answers. */
@Timeout(120)
abstract class SilentJobServerContract extends PlatformFixture {

    abstract ProcessServer other();

    @Override
    List<ServerAddress> addresses() {
        return List.of(server().address(), other().address());
    }

    @Test
    void while_one_job_server_stands_still_all_jobs_are_done_by_the_other() throws Exception {
        worker("w", 4, counting());
        relay();
        Ledger ledger = ledger(DirectSubmission.NONE);
        enqueue(ledger, "", 0, 200);
        awaitEmptyLedger();

        other().freeze();
        enqueue(ledger, "", 200, 500);
        awaitEmptyLedger();
        assertThat(runs).hasSize(500);

        // Longer than it takes to give the connection up, to connect to the kernel's queue again, and to give that up.
        enqueueUntil(ledger, System.nanoTime() + 8_000_000_000L);
        other().thaw();
        enqueue(ledger, "", 2_000, 2_100);
        awaitEmptyLedger();
        assertThat(runs).containsKeys(2_000, 2_099);
        assertThat(rows.count("failed_job")).isZero();
    }

    /** A job at a time, each done within seconds. */
    private void enqueueUntil(Ledger ledger, long end) throws InterruptedException {
        for (int number = 500; System.nanoTime() < end; number++) {
            enqueue(ledger, "", number, number + 1);
            awaitRow("SELECT count(*) FROM jobs.job", "0", 10);
        }
    }
}
