package dev.darkroom.gearman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.gearman.client.ForegroundJob;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.JobStatus;
import dev.darkroom.gearman.client.JobUpdates;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Jobs whose results are waited for, and what else only clients ask of a job server. */
abstract class ForegroundContract extends JobServerContract {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<String> updates = new LinkedBlockingQueue<>();

    @Test
    void what_a_worker_sends_arrives_and_then_the_result() throws Exception {
        GearmanClient client = client();
        ForegroundJob job = client.submit(job("", Priority.HIGH), recorded("a"));
        RawConnection worker = worker();
        String handle = grab(worker);
        assertThat(get(job.handle())).isEqualTo(new JobHandle(server().address(), handle));

        worker.send(work(PacketType.WORK_DATA, "half", handle));
        worker.send(work(PacketType.WORK_WARNING, "careful", handle));
        worker.send(PacketType.WORK_STATUS, handle, "3", "7");
        worker.send(work(PacketType.WORK_COMPLETE, "whole", handle));

        assertThat(text(job)).isEqualTo("whole");
        assertThat(updates).containsExactly("a half", "a warning careful", "a 3/7");
        assertThat(client.awaitedJobs()).isZero();
    }

    @Test
    void a_failure_and_an_exception_are_told_apart() throws Exception {
        GearmanClient client = client();
        RawConnection worker = worker();
        ForegroundJob failing = client.submit(job("", Priority.NORMAL));
        worker.send(PacketType.WORK_FAIL, grab(worker, get(failing.handle())));
        ForegroundJob throwing = client.submit(job("", Priority.LOW));
        worker.send(work(PacketType.WORK_EXCEPTION, "why", grab(worker, get(throwing.handle()))));

        assertThatThrownBy(() -> get(failing.result()))
                .cause()
                .isExactlyInstanceOf(JobFailedException.class)
                .hasMessageContaining(get(failing.handle()).value());
        assertThatThrownBy(() -> get(throwing.result())).cause().isInstanceOfSatisfying(RemoteJobException.class, e -> {
            assertThat(e.data()).asString(UTF_8).isEqualTo("why");
            assertThat(e.handle()).isEqualTo(throwing.handle().join());
        });
    }

    @Test
    void equal_keys_of_one_client_share_a_job_and_each_hears_everything_once() throws Exception {
        GearmanClient client = client();
        ForegroundJob first = client.submit(job("same", Priority.NORMAL), recorded("a"));
        ForegroundJob second = client.submit(job("same", Priority.NORMAL), recorded("b"));
        assertThat(get(first.handle())).isEqualTo(get(second.handle()));
        RawConnection worker = worker();
        String handle = grab(worker);

        worker.send(work(PacketType.WORK_DATA, "1", handle));
        worker.send(work(PacketType.WORK_DATA, "2", handle));
        worker.send(work(PacketType.WORK_COMPLETE, "end", handle));

        assertThat(text(first)).isEqualTo("end");
        assertThat(text(second)).isEqualTo("end");
        get(client.echo(server().address(), new byte[0]));
        assertThat(updates).containsExactly("a 1", "b 1", "a 2", "b 2");
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void the_server_that_gave_a_handle_tells_of_its_job() throws Exception {
        GearmanClient client = client();
        JobHandle handle = submit(client, "key", "");
        assertThat(get(client.status(handle))).isEqualTo(new JobStatus(true, false, 0, 0));
        RawConnection worker = worker();
        grab(worker);
        worker.send(PacketType.WORK_STATUS, handle.value(), "3", "7");
        worker.send(PacketType.ECHO_REQ);
        worker.read();

        assertThat(get(client.status(handle))).isEqualTo(new JobStatus(true, true, 3, 7));

        worker.send(work(PacketType.WORK_COMPLETE, "", handle.value()));
        worker.send(PacketType.ECHO_REQ);
        worker.read();
        assertThat(get(client.status(handle))).isEqualTo(JobStatus.UNKNOWN);
    }

    @Test
    void a_result_that_takes_too_long_fails_and_the_job_goes_on() throws Exception {
        GearmanClient client = client();
        ForegroundJob job = client.submit(job("key", Priority.NORMAL), JobUpdates.NONE, Duration.ofMillis(50));
        assertThatThrownBy(() -> get(job.result()))
                .cause()
                .isInstanceOf(ResultTimeoutException.class)
                .hasMessageContaining("goes on");
        assertThat(client.awaitedJobs()).isZero();

        ForegroundJob again = client.submit(job("key", Priority.NORMAL), recorded("b"));
        get(again.handle());
        RawConnection worker = worker();
        String handle = grab(worker);
        worker.send(work(PacketType.WORK_DATA, "1", handle));
        worker.send(work(PacketType.WORK_COMPLETE, "end", handle));
        assertThat(text(again)).isEqualTo("end");
        assertThat(updates).containsExactly("b 1");
    }

    @Test
    void a_job_for_later_is_known_at_once_and_handed_out_when_due() throws Exception {
        GearmanClient client = client();
        InstantSource clock = InstantSource.system();
        Instant due = clock.instant().plusMillis(1000);
        RawConnection worker = worker();
        get(client.submitBackgroundAt(job(function, Priority.NORMAL), due));
        assertThat(get(client.statusOfUnique(function)).known()).isTrue();

        Packet answer = ask(worker, PacketType.GRAB_JOB);
        while (answer.type() == PacketType.NO_JOB || answer.type() == PacketType.NOOP) {
            answer = ask(worker, PacketType.GRAB_JOB);
        }

        assertThat(answer.type()).isEqualTo(PacketType.JOB_ASSIGN);
        assertThat(clock.instant()).isAfterOrEqualTo(due);
        get(client.submitBackgroundAt(job("", Priority.NORMAL), Instant.MIN));
        assertThat(ask(worker, PacketType.GRAB_JOB).type()).isEqualTo(PacketType.JOB_ASSIGN);
        get(client.submitBackgroundAt(job("never", Priority.NORMAL), Instant.MAX));
        assertThat(ask(worker, PacketType.GRAB_JOB).type()).isEqualTo(PacketType.NO_JOB);
        assertThatThrownBy(() -> client.submitBackgroundAt(job("", Priority.HIGH), due))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has priority NORMAL");
    }

    @Test
    void jobs_by_calendar_are_refused() throws Exception {
        RawConnection connection = opened(new RawConnection(server().address()));
        connection.send(RawConnection.bytes(
                Packet.request(PacketType.SUBMIT_JOB_SCHED, new byte[0], function, "", "0", "0", "1", "1", "0")));

        Packet refusal = connection.read();

        assertThat(refusal.type()).isEqualTo(PacketType.ERROR);
        assertThat(refusal.text(0)).isEqualTo("INVALID_COMMAND");
    }

    @Test
    void a_server_sends_back_what_it_gets_and_its_round_trip_is_known() throws Exception {
        GearmanClient client = client();

        assertThat(get(client.echo(server().address(), new byte[] {0, 1, 2}))).containsExactly(0, 1, 2);

        assertThat(client.roundTrips()).containsOnlyKeys(server().address());
        assertThat(client.roundTrips().get(server().address())).isPositive();
    }

    @Test
    void results_end_with_the_connection() throws Exception {
        GearmanClient client = client();
        ForegroundJob job = client.submit(job("", Priority.NORMAL));
        get(job.handle());

        server().kill();

        assertThatThrownBy(() -> get(job.result())).cause().isInstanceOf(ConnectionLostException.class);
        assertThat(client.awaitedJobs()).isZero();
        server().start();
    }

    private Submission job(String key, Priority priority) {
        return new Submission(function, key, new byte[] {1}, priority);
    }

    private JobUpdates recorded(String name) {
        return new JobUpdates() {
            @Override
            public void data(byte[] data) {
                updates.add(name + " " + new String(data, UTF_8));
            }

            @Override
            public void warning(byte[] data) {
                updates.add(name + " warning " + new String(data, UTF_8));
            }

            @Override
            public void progress(long numerator, long denominator) {
                updates.add(name + " " + numerator + "/" + denominator);
            }
        };
    }

    private RawConnection worker() throws IOException {
        RawConnection worker = opened(new RawConnection(server().address()));
        worker.send(PacketType.CAN_DO, function);
        return worker;
    }

    /** Grabs until a job is there: it was submitted over another connection. */
    private static String grab(RawConnection worker) throws IOException {
        Packet answer = ask(worker, PacketType.GRAB_JOB);
        while (answer.type() != PacketType.JOB_ASSIGN) {
            answer = ask(worker, PacketType.GRAB_JOB);
        }
        return answer.text(0);
    }

    private static String grab(RawConnection worker, JobHandle expected) throws IOException {
        String handle = grab(worker);
        assertThat(handle).isEqualTo(expected.value());
        return handle;
    }

    private static Packet ask(RawConnection worker, PacketType request) throws IOException {
        worker.send(request);
        return worker.read();
    }

    private static byte[] work(PacketType type, String payload, String handle) {
        return RawConnection.bytes(Packet.request(type, payload.getBytes(UTF_8), handle));
    }

    private static String text(ForegroundJob job) throws Exception {
        return new String(get(job.result()), UTF_8);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
