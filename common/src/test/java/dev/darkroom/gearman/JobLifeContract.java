package dev.darkroom.gearman;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How a job goes through any job server: submitted, coalesced, handed out, finished. */
abstract class JobLifeContract extends JobServerContract {

    @Test
    void a_submitted_job_reaches_a_worker_and_is_forgotten_when_complete() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 1);

        JobHandle handle = submit(client, "key", "payload");
        AssignedJob job = received.next();

        assertThat(job.handle()).isEqualTo(handle);
        assertThat(job.function()).isEqualTo(function);
        assertThat(job.uniqueKey()).isEqualTo("key");
        assertThat(text(job)).isEqualTo("payload");
        assertThat(worker.held()).isEqualTo(1);
        worker.complete(job);
        submit(client, "other", "second");
        assertThat(text(received.next())).isEqualTo("second");
        assertThat(client.statusOfUnique("key").get().known()).isFalse();
    }
}
