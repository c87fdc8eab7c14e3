package dev.darkroom.gearman.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.ConnectionLostException;
import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.Requests;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.ServerErrorException;
import dev.darkroom.gearman.SilentServer;
import dev.darkroom.gearman.TooManyInFlightException;
import dev.darkroom.gearman.connection.Backoff;
import dev.darkroom.gearman.connection.ConnectionListener;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A foreground job against a server whose every word is written here. */
@Timeout(60)
class ForegroundRaceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Submission JOB = new Submission("function", "key", new byte[] {1});

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private SilentServer server;
    private GearmanClient client;
    private Requests requests;

    @BeforeEach
    void connect() throws Exception {
        server = new SilentServer();
        open(builder());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void a_result_may_lie_right_behind_the_handle() throws Exception {
        ForegroundJob job = client.submit(JOB, recorded("a"));
        requests.next(PacketType.SUBMIT_JOB);

        requests.answer(created("H:1"), data("H:1", "x"), complete("H:1", "done"));

        assertThat(job.result()).succeedsWithin(PATIENCE).isEqualTo("done".getBytes(UTF_8));
        assertThat(job.handle().join().value()).isEqualTo("H:1");
        assertThat(heard).containsExactly("a x");
        assertThat(client.awaitedJobs()).isZero();
    }

    @Test
    void updates_and_results_come_between_the_answers_of_others() throws Exception {
        ForegroundJob first = client.submit(JOB, recorded("a"));
        requests.next(PacketType.SUBMIT_JOB);
        ForegroundJob second = client.submit(new Submission("function", "other", new byte[0]), recorded("b"));
        requests.next(PacketType.SUBMIT_JOB);
        CompletableFuture<UniqueStatus> status = client.statusOfUnique("key");
        requests.next(PacketType.GET_STATUS_UNIQUE);

        requests.answer(
                created("H:1"),
                data("H:1", "1"),
                created("H:2"),
                complete("H:2", "second"),
                data("H:1", "2"),
                complete("H:1", "first"),
                Packet.response(PacketType.STATUS_RES_UNIQUE, "key", "1", "0", "0", "0", "2"));

        assertThat(status).succeedsWithin(PATIENCE).isEqualTo(new UniqueStatus(true, false, 0, 0, 2));
        assertThat(first.result().join()).isEqualTo("first".getBytes(UTF_8));
        assertThat(second.result().join()).isEqualTo("second".getBytes(UTF_8));
        assertThat(heard).containsExactly("a 1", "a 2");
    }

    @Test
    void copies_for_those_who_stopped_waiting_are_told_to_nobody() throws Exception {
        ForegroundJob gone = client.submit(JOB, recorded("gone"));
        ForegroundJob there = client.submit(JOB, recorded("there"));
        requests.next(PacketType.SUBMIT_JOB);
        requests.next(PacketType.SUBMIT_JOB);
        requests.answer(created("H:1"), created("H:1"));
        assertThat(there.handle()).succeedsWithin(PATIENCE);

        gone.result().cancel(false);
        assertThat(client.awaitedJobs()).isEqualTo(1);
        requests.answer(data("H:1", "1"), data("H:1", "1"), data("H:1", "2"), data("H:1", "2"), complete("H:1", "end"));

        assertThat(there.result()).succeedsWithin(PATIENCE);
        assertThat(heard).containsExactly("there 1", "there 2");
        requests.answer(complete("H:1", "end"));
        answersAnEcho();
    }

    @Test
    void nothing_that_a_caller_throws_breaks_the_connection() throws Exception {
        ForegroundJob job = client.submit(JOB, new JobUpdates() {
            @Override
            public void data(byte[] data) {
                throw new AssertionError("thrown by the test");
            }

            @Override
            public void progress(long numerator, long denominator) {
                throw new IllegalStateException("thrown by the test");
            }
        });
        CompletableFuture<Void> dependent = job.result().thenAccept(bytes -> {
            throw new AssertionError("thrown by the test");
        });
        requests.next(PacketType.SUBMIT_JOB);

        requests.answer(
                created("H:1"),
                data("H:1", "x"),
                Packet.response(PacketType.WORK_STATUS, "H:1", "1", "2"),
                Packet.response(PacketType.WORK_STATUS, "H:1", "some", "many"),
                complete("H:1", "done"));

        assertThat(job.result()).succeedsWithin(PATIENCE);
        assertThat(dependent).failsWithin(PATIENCE);
        answersAnEcho();
    }

    @Test
    void a_listener_that_throws_an_error_does_not_end_the_connection() throws Exception {
        client.close();
        open(builder().listener(new ConnectionListener() {
            @Override
            public void connected(ServerAddress address) {
                throw new AssertionError("thrown by the test");
            }
        }));

        answersAnEcho();
    }

    @Test
    void a_refusal_fails_handle_and_result() throws Exception {
        ForegroundJob job = client.submit(JOB);
        requests.next(PacketType.SUBMIT_JOB);

        requests.answer(Packet.response(PacketType.ERROR, "QUEUE_ERROR", "full"));

        fails(job.handle(), ServerErrorException.class);
        fails(job.result(), ServerErrorException.class);
        assertThat(client.awaitedJobs()).isZero();
    }

    @Test
    void a_lost_connection_fails_handles_and_results() throws Exception {
        ForegroundJob created = client.submit(JOB);
        requests.next(PacketType.SUBMIT_JOB);
        requests.answer(created("H:1"));
        assertThat(created.handle()).succeedsWithin(PATIENCE);
        ForegroundJob sent = client.submit(JOB);
        requests.next(PacketType.SUBMIT_JOB);

        requests.hangUp();

        fails(created.result(), ConnectionLostException.class);
        fails(sent.handle(), ConnectionLostException.class);
        fails(sent.result(), ConnectionLostException.class);
        assertThat(client.awaitedJobs()).isZero();
        assertThat(client.inFlight()).isZero();
        assertThat(client.bytesInFlight()).isZero();
    }

    @Test
    void an_answer_that_makes_no_sense_fails_its_request_and_ends_the_connection() throws Exception {
        CompletableFuture<UniqueStatus> status = client.statusOfUnique("key");
        CompletableFuture<?> next = client.submitBackground(JOB);
        requests.next(PacketType.GET_STATUS_UNIQUE);

        requests.answer(
                Packet.response(PacketType.STATUS_RES_UNIQUE, "key", "1", "0", "much", "0", "2"), created("H:1"));

        fails(status, ProtocolException.class);
        fails(next, ConnectionLostException.class);
        assertThat(client.inFlight()).isZero();
    }

    @Test
    void a_server_without_exceptions_serves_all_the_same() throws Exception {
        client.close();
        client = builder().build();
        requests = new Requests(server.next());
        requests.next(PacketType.OPTION_REQ);
        requests.next(PacketType.ECHO_REQ);

        requests.answer(
                Packet.response(PacketType.ERROR, "UNKNOWN_OPTION", "no"), Packet.response(PacketType.ECHO_RES));

        answersAnEcho();
    }

    @Test
    void results_are_bounded_and_do_not_count_as_requests() throws Exception {
        client.close();
        open(builder().maxAwaitedJobs(2).maxInFlight(1));
        for (String handle : List.of("H:1", "H:2")) {
            ForegroundJob job = client.submit(JOB);
            requests.next(PacketType.SUBMIT_JOB);
            requests.answer(created(handle));
            assertThat(job.handle()).succeedsWithin(PATIENCE);
            awaitNothingInFlight();
        }

        ForegroundJob refused = client.submit(JOB);

        fails(refused.result(), TooManyInFlightException.class);
        fails(refused.handle(), TooManyInFlightException.class);
        assertThat(client.awaitedJobs()).isEqualTo(2);
    }

    @Test
    void an_idle_connection_that_leads_nowhere_is_given_up() throws Exception {
        client.close();
        open(builder().heartbeat(Duration.ofMillis(20)).answerTimeout(Duration.ofMillis(200)));
        requests.next(PacketType.ECHO_REQ);
        requests.answer(Packet.response(PacketType.ECHO_RES));
        ForegroundJob job = client.submit(JOB);
        Packet request = requests.next();
        while (request.type() != PacketType.SUBMIT_JOB) {
            requests.answer(Packet.response(PacketType.ECHO_RES));
            request = requests.next();
        }
        requests.answer(created("H:1"));

        fails(job.result(), ConnectionLostException.class);
        new Requests(server.next()).greet();
    }

    private void open(GearmanClient.Builder builder) throws Exception {
        client = builder.build();
        requests = new Requests(server.next()).greet();
        assertThat(client.awaitConnected(PATIENCE)).isTrue();
    }

    private GearmanClient.Builder builder() {
        return GearmanClient.builder()
                .servers(List.of(server.address()))
                .backoff(new Backoff(Duration.ofMillis(10), Duration.ofMillis(50)));
    }

    /** Whatever came before was read, and the connection is well. */
    private void answersAnEcho() throws Exception {
        CompletableFuture<byte[]> echo = client.echo(server.address(), new byte[] {7});
        requests.next(PacketType.ECHO_REQ);
        requests.answer(Packet.response(PacketType.ECHO_RES, new byte[] {7}));
        assertThat(echo.get(10, TimeUnit.SECONDS)).containsExactly(7);
        awaitNothingInFlight();
    }

    /** Room is given back at the end of a read, so just after the answer. */
    private void awaitNothingInFlight() {
        while (client.inFlight() > 0) {
            Thread.onSpinWait();
        }
    }

    private JobUpdates recorded(String name) {
        return new JobUpdates() {
            @Override
            public void data(byte[] data) {
                heard.add(name + " " + new String(data, UTF_8));
            }
        };
    }

    private static void fails(CompletableFuture<?> future, Class<? extends Throwable> type) {
        assertThat(future)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(type);
    }

    private static Packet created(String handle) {
        return Packet.response(PacketType.JOB_CREATED, handle);
    }

    private static Packet data(String handle, String payload) {
        return Packet.response(PacketType.WORK_DATA, payload.getBytes(UTF_8), handle);
    }

    private static Packet complete(String handle, String payload) {
        return Packet.response(PacketType.WORK_COMPLETE, payload.getBytes(UTF_8), handle);
    }
}
