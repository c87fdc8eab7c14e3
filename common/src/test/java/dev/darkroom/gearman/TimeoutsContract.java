package dev.darkroom.gearman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Functions with a time-out. gearmand 1.1.20 keeps one timer a connection, set for the first job that it was given:
 * these tests hold it, and our worker, to what is promised all the same.
 */
abstract class TimeoutsContract extends JobServerContract {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RecordedEvents events = new RecordedEvents();

    @Test
    void the_job_after_a_finished_one_is_what_goes_to_another_worker() throws Exception {
        GearmanClient client = client();
        submit(client, "finished", "first");
        submit(client, "slow", "second");
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = opened(workerBuilder(received)
                .function(function, SECOND)
                .listener(events)
                .build());
        worker.complete(received.next());
        AssignedJob slow = received.next();
        ReceivedJobs other = new ReceivedJobs();
        worker(other, 10);

        AssignedJob again = other.next();
        worker.complete(slow);

        assertThat(again.uniqueKey()).isEqualTo("slow");
        assertThat(text(again)).isEqualTo("second");
        events.await("JOB_NOT_FOUND", 1);
        assertThat(other.waiting()).isEmpty();
    }

    @Test
    void a_finished_job_does_not_come_back_to_an_idle_worker() throws Exception {
        GearmanClient client = client();
        submit(client, "finished", "payload");
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker =
                opened(workerBuilder(received).function(function, SECOND).build());
        AssignedJob job = received.next();
        worker.setCapacity(0);
        worker.complete(job);
        // Another worker's job of the same length: when it has come back, so would have the finished one.
        String other = function + "-other";
        ReceivedJobs slow = new ReceivedJobs();
        opened(workerBuilder(slow).function(other, Duration.ofMillis(1500)).build());
        function = other;
        submit(client, "slow", "");
        slow.next();
        ReceivedJobs late = new ReceivedJobs();
        opened(workerBuilder(late).function(job.function()).capacity(5).build());

        assertThat(late.next().uniqueKey()).isEqualTo("slow");
        assertThat(late.waiting()).isEmpty();
    }

    @Test
    void with_a_time_out_one_job_is_held_at_a_time() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = opened(workerBuilder(received)
                .function(function, Duration.ofMinutes(1))
                .capacity(10)
                .build());
        for (int i = 0; i < 20; i++) {
            submit(client, "k" + i, "");
        }
        for (int i = 0; i < 20; i++) {
            AssignedJob job = received.next();
            assertThat(received.waiting()).isEmpty();
            assertThat(worker.held()).isEqualTo(1);
            worker.complete(job);
        }
    }

    @Test
    void time_is_counted_in_milliseconds() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        opened(workerBuilder(received)
                .function(function, Duration.ofMillis(1300))
                .build());
        submit(client, "key", "");
        long start = System.nanoTime();
        received.next();
        ReceivedJobs other = new ReceivedJobs();
        worker(other, 1);

        other.next();

        // A second's worth would be too soon, and 1300 seconds would not come within the patience of next().
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1200));
    }

    @Test
    void a_time_out_given_live_counts_from_the_next_job_and_the_worker_counts_once() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 5);
        submit(client, "before", "");
        AssignedJob before = received.next();

        worker.addFunction(function, Duration.ofMinutes(5));
        worker.addFunction(function, SECOND);
        assertThat(workers()).isEqualTo(1);
        worker.complete(before);
        submit(client, "slow", "");
        assertThat(received.next().uniqueKey()).isEqualTo("slow");
        assertThat(workers()).isEqualTo(1);
        ReceivedJobs other = new ReceivedJobs();
        worker(other, 1);

        assertThat(other.next().uniqueKey()).isEqualTo("slow");
    }

    @Test
    void a_time_out_taken_back_live_lets_many_jobs_be_held_again() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = opened(workerBuilder(received)
                .function(function, Duration.ofMinutes(1))
                .capacity(5)
                .build());
        submit(client, "before", "");
        AssignedJob before = received.next();

        worker.addFunction(function);
        worker.complete(before);
        for (int i = 0; i < 5; i++) {
            submit(client, "k" + i, "");
        }

        received.next(5);
        assertThat(worker.held()).isEqualTo(5);
        assertThat(workers()).isEqualTo(1);
    }

    private long workers() {
        try (GearmanAdmin admin = new GearmanAdmin(server().address())) {
            return admin.status().get(function).availableWorkers();
        }
    }
}
