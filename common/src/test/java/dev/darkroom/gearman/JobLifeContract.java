package dev.darkroom.gearman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.client.UniqueStatus;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a job goes through any job server: submitted, coalesced, handed out, finished. */
abstract class JobLifeContract extends JobServerContract {

    @Test
    void a_submitted_job_reaches_a_worker_and_is_forgotten_when_complete() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 1);

        JobHandle handle = submit(client, function, "payload");
        AssignedJob job = received.next();

        assertThat(job.handle()).isEqualTo(handle);
        assertThat(job.function()).isEqualTo(function);
        assertThat(job.uniqueKey()).isEqualTo(function);
        assertThat(text(job)).isEqualTo("payload");
        assertThat(worker.held()).isEqualTo(1);
        worker.complete(job);
        submit(client, "other", "second");
        assertThat(text(received.next())).isEqualTo("second");
        assertThat(client.statusOfUnique(function).get().known()).isFalse();
    }

    @Test
    void a_failed_job_is_given_to_nobody_else() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 1);

        submit(client, function, "first");
        worker.fail(received.next());
        submit(client, "next", "second");

        assertThat(text(received.next())).isEqualTo("second");
        assertThat(client.statusOfUnique(function).get()).isEqualTo(UniqueStatus.UNKNOWN);
    }

    @Test
    void a_job_with_the_key_of_a_waiting_one_is_that_one() throws Exception {
        GearmanClient client = client();
        JobHandle first = submit(client, "key", "first");

        assertThat(submit(client, "key", "second")).isEqualTo(first);
        assertThat(submit(client, "other", "third")).isNotEqualTo(first);

        ReceivedJobs received = new ReceivedJobs();
        worker(received, 10);
        assertThat(received.next(2)).extracting(JobServerContract::text).containsExactly("first", "third");
    }

    @Test
    void a_job_with_the_key_of_a_running_one_is_that_one_until_it_is_done() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 10);
        JobHandle first = submit(client, "key", "first");
        AssignedJob running = received.next();

        assertThat(submit(client, "key", "second")).isEqualTo(first);
        worker.complete(running);
        submit(client, "marker", "marker");
        worker.complete(received.next());

        assertThat(submit(client, "key", "third")).isNotEqualTo(first);
        assertThat(text(received.next())).isEqualTo("third");
    }

    @Test
    void an_empty_key_is_never_coalesced() throws Exception {
        GearmanClient client = client();

        assertThat(submit(client, "", "first")).isNotEqualTo(submit(client, "", "second"));
    }

    @Test
    void keys_count_within_a_function() throws Exception {
        GearmanClient client = client();
        JobHandle first = submit(client, "key", "first");

        JobHandle other = client.submitBackground(new Submission(function + "-other", "key", new byte[0]))
                .get(10, TimeUnit.SECONDS);

        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void a_high_job_goes_before_a_normal_one_and_that_before_a_low_one() throws Exception {
        GearmanClient client = client();
        submit(client, "", "low", Priority.LOW);
        submit(client, "", "normal 1");
        submit(client, "", "high", Priority.HIGH);
        submit(client, "", "normal 2");

        ReceivedJobs received = new ReceivedJobs();
        worker(received, 10);

        assertThat(received.next(4))
                .extracting(JobServerContract::text)
                .containsExactly("high", "normal 1", "normal 2", "low");
    }

    @Test
    void a_key_may_have_63_bytes() throws Exception {
        GearmanClient client = client();
        String longest = function + "k".repeat(61 - function.length()) + "é";
        JobHandle first = submit(client, longest, "first");

        assertThat(submit(client, longest, "second")).isEqualTo(first);
        assertThat(client.statusOfUnique(longest).get().known()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Submission(function, longest + "k", new byte[0]))
                .withMessageContaining("at most 63 bytes");
    }

    @Test
    void the_server_refuses_a_longer_key_and_goes_on() throws Exception {
        RawConnection raw = opened(new RawConnection(server().address()));

        raw.send(RawConnection.bytes(Packet.request(PacketType.SUBMIT_JOB_BG, new byte[0], function, "k".repeat(65))));
        Packet answer = raw.read();
        raw.send(PacketType.GET_STATUS_UNIQUE, "nothing");

        assertThat(answer.type()).isEqualTo(PacketType.ERROR);
        assertThat(answer.text(0)).isEqualTo("ARGUMENT_TOO_LARGE");
        assertThat(raw.read().type()).isEqualTo(PacketType.STATUS_RES_UNIQUE);
    }

    @Test
    void five_megabytes_come_through_unchanged() throws Exception {
        byte[] payload = new byte[5 * 1024 * 1024];
        new Random(7).nextBytes(payload);
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        worker(received, 3);

        client.submitBackground(new Submission(function, "", payload)).get(20, TimeUnit.SECONDS);
        client.submitBackground(new Submission(function, "", new byte[0])).get(20, TimeUnit.SECONDS);

        assertThat(received.next().payload()).isEqualTo(payload);
        assertThat(received.next().payload()).isEmpty();
    }

    @Test
    void one_worker_does_many_functions() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker.Builder builder = workerBuilder(received).capacity(1000);
        List<String> functions = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            functions.add(function + "-" + i);
        }
        functions.forEach(builder::function);
        opened(builder.build());

        for (String name : functions) {
            client.submitBackground(new Submission(name, name.substring(1, 30), name.getBytes(UTF_8)))
                    .get(10, TimeUnit.SECONDS);
        }

        assertThat(received.next(500))
                .extracting(JobServerContract::text)
                .containsExactlyInAnyOrderElementsOf(functions);
    }

    @Test
    void submissions_of_many_threads_are_answered_each_with_its_own_job() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        List<Thread> threads = new ArrayList<>();
        List<JobHandle> handles = Collections.synchronizedList(new ArrayList<>());
        for (int t = 0; t < 4; t++) {
            String prefix = t + "-";
            threads.add(new Thread(() -> {
                for (int i = 0; i < 250; i++) {
                    handles.add(
                            client.submitBackground(new Submission(function, prefix + i, (prefix + i).getBytes(UTF_8)))
                                    .join());
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        worker(received, 100_000);

        List<AssignedJob> jobs = received.next(1000);
        assertThat(jobs).extracting(AssignedJob::handle).containsExactlyInAnyOrderElementsOf(handles);
        assertThat(jobs).allMatch(job -> job.uniqueKey().equals(text(job)));
    }
}
