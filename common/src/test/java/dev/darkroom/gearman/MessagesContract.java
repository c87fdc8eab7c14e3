package dev.darkroom.gearman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a worker says about a job on its way, and what of it reaches the client that waits. */
abstract class MessagesContract extends JobServerContract {

    private final RecordedEvents events = new RecordedEvents();

    @Test
    void messages_reach_the_client_in_the_order_of_the_calls() throws Exception {
        RawConnection client = waitingClient();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 1);
        AssignedJob job = received.next();

        worker.sendProgress(job, 1, 4_294_967_295L);
        worker.sendData(job, bytes("first"));
        worker.sendWarning(job, bytes("careful"));
        worker.sendData(job, bytes("second"));
        worker.complete(job, bytes("result"));

        Packet progress = client.read();
        assertThat(progress.type()).isEqualTo(PacketType.WORK_STATUS);
        assertThat(progress.text(1)).isEqualTo("1");
        assertThat(progress.text(2)).isEqualTo("4294967295");
        assertThat(next(client)).isEqualTo("WORK_DATA first");
        assertThat(next(client)).isEqualTo("WORK_WARNING careful");
        assertThat(next(client)).isEqualTo("WORK_DATA second");
        assertThat(next(client)).isEqualTo("WORK_COMPLETE result");
    }

    @Test
    void progress_is_known_to_who_asks_for_the_status() throws Exception {
        RawConnection client = waitingClient();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 1);
        AssignedJob job = received.next();
        worker.sendProgress(job, 3, 7);
        assertThat(client.read().type()).isEqualTo(PacketType.WORK_STATUS);

        client.send(PacketType.GET_STATUS, job.handle().value());

        Packet status = client.read();
        assertThat(status.text(3) + "/" + status.text(4)).isEqualTo("3/7");
        assertThatIllegalArgumentException().isThrownBy(() -> worker.sendProgress(job, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> worker.sendProgress(job, 1, 1L << 32));
    }

    @Test
    void an_exception_reaches_who_asked_for_exceptions_and_ends_the_job() throws Exception {
        RawConnection client = opened(new RawConnection(server().address()));
        client.send(PacketType.OPTION_REQ, "exceptions");
        assertThat(client.read().type()).isEqualTo(PacketType.OPTION_RES);
        submitAndWait(client);

        failWithException();

        assertThat(next(client)).isEqualTo("WORK_EXCEPTION boom");
        assertNothingMoreComes(client);
    }

    @Test
    void an_exception_is_a_failure_to_other_clients_and_ends_the_job() throws Exception {
        RawConnection client = waitingClient();

        failWithException();

        assertThat(next(client)).isEqualTo("WORK_FAIL ");
        assertNothingMoreComes(client);
    }

    @Test
    void an_exception_ends_a_background_job_so_that_a_failure_after_it_is_refused() throws Exception {
        GearmanClient client = client();
        submit(client, function, "");
        RawConnection worker = opened(new RawConnection(server().address()));
        worker.send(PacketType.CAN_DO, function);
        worker.send(PacketType.GRAB_JOB);
        String handle = worker.read().handle();

        worker.send(RawConnection.bytes(Packet.request(PacketType.WORK_EXCEPTION, bytes("boom"), handle)));
        worker.send(PacketType.WORK_FAIL, handle);

        assertThat(worker.read().text(0)).isEqualTo("JOB_NOT_FOUND");
        assertThat(client.statusOfUnique(function).get(10, TimeUnit.SECONDS).known())
                .isFalse();
    }

    @Test
    void after_the_answer_nothing_more_is_sent_and_that_is_reported() throws Exception {
        RawConnection client = waitingClient();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = opened(workerBuilder(received).listener(events).build());
        AssignedJob job = received.next();
        assertThat(events.next()).isEqualTo("connected");

        worker.complete(job, bytes("result"));
        worker.sendData(job, bytes("late"));
        worker.sendWarning(job, bytes("late"));
        worker.sendProgress(job, 1, 2);
        worker.failWithException(job, bytes("late"));

        for (int i = 0; i < 4; i++) {
            assertThat(events.next()).isEqualTo("dropped: it was answered before");
        }
        assertThat(next(client)).isEqualTo("WORK_COMPLETE result");
        assertNothingMoreComes(client);
        assertThat(events.isEmpty()).isTrue();
        assertThat(worker.held()).isZero();
    }

    @Test
    void parts_of_many_jobs_sent_by_many_threads_keep_their_order() throws Exception {
        int jobs = 16;
        int parts = 200;
        RawConnection client = opened(new RawConnection(server().address()));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        opened(threads::shutdownNow);
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, jobs);
        for (int i = 0; i < jobs; i++) {
            submitAndWait(client);
        }
        for (int i = 0; i < jobs; i++) {
            AssignedJob job = received.next();
            threads.execute(() -> {
                for (int part = 0; part < parts; part++) {
                    worker.sendData(job, bytes(Integer.toString(part)));
                }
                worker.complete(job, bytes(Integer.toString(parts)));
            });
        }

        Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < jobs * (parts + 1); i++) {
            Packet packet = client.read();
            int part = Integer.parseInt(new String(packet.payload(), UTF_8));
            assertThat(part).isEqualTo(expected.getOrDefault(packet.handle(), 0));
            assertThat(packet.type()).isEqualTo(part == parts ? PacketType.WORK_COMPLETE : PacketType.WORK_DATA);
            expected.put(packet.handle(), part + 1);
        }
        assertThat(expected).hasSize(jobs);
    }

    private RawConnection waitingClient() throws IOException {
        RawConnection client = opened(new RawConnection(server().address()));
        submitAndWait(client);
        return client;
    }

    private void submitAndWait(RawConnection client) throws IOException {
        client.send(RawConnection.bytes(Packet.request(PacketType.SUBMIT_JOB, bytes("payload"), function, "")));
        assertThat(client.read().type()).isEqualTo(PacketType.JOB_CREATED);
    }

    private void failWithException() throws InterruptedException {
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 1);
        worker.failWithException(received.next(), bytes("boom"));
    }

    private static void assertNothingMoreComes(RawConnection client) throws IOException {
        client.send(PacketType.GET_STATUS, "H:nobody:1");
        assertThat(client.read().type()).isEqualTo(PacketType.STATUS_RES);
    }

    private static String next(RawConnection client) throws IOException {
        Packet packet = client.read();
        return packet.type() + " " + new String(packet.payload(), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
