package dev.darkroom.gearman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.admin.FunctionStatus;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import dev.darkroom.gearman.worker.WorkerListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Functions that come and go while a worker runs. */
abstract class FunctionsContract extends JobServerContract {

    @Test
    void a_function_added_live_gets_its_waiting_jobs() throws Exception {
        GearmanClient client = client();
        client.submitBackground(new Submission(function + "-late", "key", new byte[0]))
                .get(10, TimeUnit.SECONDS);
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 1);
        submit(client, "", "");
        worker.complete(received.next());

        worker.addFunction(function + "-late");

        assertThat(received.next().function()).isEqualTo(function + "-late");
    }

    @Test
    void a_thousand_functions_can_be_added_and_removed_live() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 1000);
        for (int i = 0; i < 1000; i++) {
            worker.addFunction(function + "-" + i);
        }
        List<CompletableFuture<JobHandle>> submissions = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            submissions.add(client.submitBackground(new Submission(function + "-" + i, "k" + i, new byte[0])));
        }
        List<AssignedJob> jobs = received.next(1000);
        for (int i = 0; i < 1000; i++) {
            worker.removeFunction(function + "-" + i);
        }
        worker.complete(jobs);
        submit(client, "marker", "");
        assertThat(received.next().uniqueKey()).isEqualTo("marker");

        assertThat(submissions).allMatch(submission -> !submission.isCompletedExceptionally());
        assertThat(jobs)
                .extracting(AssignedJob::function)
                .doesNotHaveDuplicates()
                .hasSize(1000);
        Map<String, FunctionStatus> status =
                opened(new GearmanAdmin(server().address())).status();
        assertThat(status.get(function + "-999").availableWorkers()).isZero();
        assertThat(status.get(function + "-0").total()).isZero();
    }

    @Test
    void a_worker_at_capacity_zero_takes_nothing_until_it_is_raised() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 0);
        submit(client, "key", "");
        ReceivedJobs other = new ReceivedJobs();
        GearmanWorker second = worker(other, 1);
        second.complete(other.next());
        second.setCapacity(0);
        submit(client, "next", "");
        assertThat(received.waiting()).isEmpty();

        worker.setCapacity(1);

        assertThat(received.next().uniqueKey()).isEqualTo("next");
        assertThat(other.waiting()).isEmpty();
    }

    @Test
    void drain_ends_when_the_last_job_held_is_answered() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 2);
        submit(client, "a", "");
        submit(client, "b", "");
        List<AssignedJob> jobs = received.next(2);

        CompletableFuture<Void> drained = worker.drain();
        assertThat(worker.quiet()).succeedsWithin(Duration.ofSeconds(10));
        worker.complete(jobs.get(0));
        submit(client, "c", "");
        assertThat(drained).isNotDone();
        worker.complete(jobs.get(1));

        assertThat(drained).succeedsWithin(Duration.ofSeconds(10));
        assertThat(worker.held()).isZero();
        worker.close();
        ReceivedJobs rest = new ReceivedJobs();
        worker(rest, 5);
        assertThat(rest.next().uniqueKey()).isEqualTo("c");
        assertThat(rest.waiting()).isEmpty();
    }

    @Test
    void removing_a_function_does_not_give_its_held_job_to_another_worker() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = opened(
                workerBuilder(received).function(function + "-kept").capacity(5).build());
        submit(client, "key", "");
        AssignedJob held = received.next();
        ReceivedJobs other = new ReceivedJobs();
        worker(other, 5);

        worker.removeFunction(function);
        worker.complete(held);
        client.submitBackground(new Submission(function + "-kept", "kept", new byte[0]))
                .get(10, TimeUnit.SECONDS);

        assertThat(received.next().uniqueKey()).isEqualTo("kept");
        submit(client, "after", "");
        assertThat(other.next().uniqueKey()).isEqualTo("after");
        assertThat(received.waiting()).isEmpty();
    }

    @Test
    void a_job_over_its_time_goes_to_another_worker_and_the_late_answer_is_an_error() throws Exception {
        GearmanClient client = client();
        BlockingQueue<String> errors = new LinkedBlockingQueue<>();
        ReceivedJobs slow = new ReceivedJobs();
        GearmanWorker worker = opened(workerBuilder(slow)
                .function(function, Duration.ofSeconds(1))
                .listener(new WorkerListener() {
                    @Override
                    public void serverError(ServerAddress server, String code, String text) {
                        errors.add(code);
                    }
                })
                .build());
        submit(client, "key", "");
        AssignedJob late = slow.next();
        ReceivedJobs other = new ReceivedJobs();
        GearmanWorker second = worker(other, 1);

        AssignedJob again = other.next();
        worker.complete(late);

        assertThat(again.uniqueKey()).isEqualTo("key");
        assertThat(errors.poll(10, TimeUnit.SECONDS)).isEqualTo("JOB_NOT_FOUND");
        second.complete(again);
    }

    @Test
    void a_second_answer_is_dropped_and_reported() throws Exception {
        GearmanClient client = client();
        BlockingQueue<AssignedJob> dropped = new LinkedBlockingQueue<>();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = opened(workerBuilder(received)
                .listener(new WorkerListener() {
                    @Override
                    public void answerDropped(AssignedJob job, String reason) {
                        dropped.add(job);
                    }
                })
                .build());
        submit(client, "key", "");
        AssignedJob job = received.next();

        worker.complete(job);
        worker.fail(job);

        assertThat(dropped.poll(10, TimeUnit.SECONDS)).isSameAs(job);
        assertThat(worker.held()).isZero();
    }

    @Test
    void a_receiver_that_throws_fails_the_job() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(
                job -> {
                    if (job.uniqueKey().equals(function)) {
                        throw new IllegalStateException("receiver says no");
                    }
                    received.receive(job);
                },
                1);
        submit(client, function, "");
        submit(client, "good", "");

        worker.complete(received.next());
        submit(client, "marker", "");
        assertThat(received.next().uniqueKey()).isEqualTo("marker");
        assertThat(client.statusOfUnique(function).get().known()).isFalse();
    }
}
