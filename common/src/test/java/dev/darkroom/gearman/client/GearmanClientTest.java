package dev.darkroom.gearman.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.gearman.AnswerTimeoutException;
import dev.darkroom.gearman.ConnectionLostException;
import dev.darkroom.gearman.JobHandle;
import dev.darkroom.gearman.NotConnectedException;
import dev.darkroom.gearman.RawConnection;
import dev.darkroom.gearman.Requests;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.SilentServer;
import dev.darkroom.gearman.TooManyInFlightException;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.gearman.connection.Backoff;
import dev.darkroom.gearman.connection.ConnectionListener;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import dev.darkroom.gearman.server.JobServer;
import dev.darkroom.gearman.server.JobServerSettings;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GearmanClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Submission JOB = new Submission("function", "key", new byte[] {1});

    @Test
    void a_lost_connection_fails_what_was_not_answered() throws Exception {
        try (SilentServer server = new SilentServer();
                GearmanClient client = client(server.address())) {
            Socket connection = server.next();
            assertThat(client.awaitConnected(PATIENCE)).isTrue();
            CompletableFuture<JobHandle> submitted = client.submitBackground(JOB);
            CompletableFuture<UniqueStatus> asked = client.statusOfUnique("key");

            connection.close();

            assertFails(submitted, ConnectionLostException.class, "Lost the connection to job server 127.0.0.1");
            assertFails(asked, ConnectionLostException.class, "Lost the connection");
            assertThat(client.inFlight()).isZero();
            server.next();
        }
    }

    @Test
    void a_silent_server_fails_what_it_owes_and_is_connected_to_anew() throws Exception {
        BlockingQueue<Throwable> lost = new LinkedBlockingQueue<>();
        try (SilentServer server = new SilentServer();
                GearmanClient client = builder(server.address())
                        .answerTimeout(Duration.ofMillis(200))
                        .listener(new ConnectionListener() {
                            @Override
                            public void connectionLost(ServerAddress address, Throwable cause) {
                                lost.add(cause);
                            }
                        })
                        .build()) {
            // Answered at first: otherwise what the connection itself asked could run out before the job does.
            new Requests(server.next()).greet();
            assertThat(client.awaitConnected(PATIENCE)).isTrue();

            assertFails(client.submitBackground(JOB), AnswerTimeoutException.class, "did not answer within PT0.2S");
            assertThat(lost.poll(10, TimeUnit.SECONDS)).isInstanceOf(AnswerTimeoutException.class);
            server.next();
        }
    }

    @Test
    void a_late_answer_does_not_answer_the_next_request() throws Exception {
        try (SilentServer server = new SilentServer();
                GearmanClient client = builder(server.address())
                        .answerTimeout(Duration.ofMillis(300))
                        .build()) {
            Socket connection = server.next();
            Requests requests = new Requests(connection).greet();
            assertThat(client.awaitConnected(PATIENCE)).isTrue();
            CompletableFuture<JobHandle> late = client.submitBackground(JOB);
            requests.next();
            byte[] first = RawConnection.bytes(created("H".repeat(2000)));
            int sent = trickleUntilDone(late, connection, first);
            assertFails(late, AnswerTimeoutException.class, "did not answer");

            CompletableFuture<JobHandle> next = client.submitBackground(JOB);
            requests.next();
            connection.getOutputStream().write(first, sent, first.length - sent);
            requests.answer(created("H:2"));

            assertThat(next.get(10, TimeUnit.SECONDS).value()).isEqualTo("H:2");
        }
    }

    @Test
    void what_exceeds_the_limit_is_refused_and_the_waiting_variant_waits() throws Exception {
        try (SilentServer server = new SilentServer();
                GearmanClient client = builder(server.address()).maxInFlight(1).build()) {
            Requests requests = new Requests(server.next()).greet();
            CompletableFuture<JobHandle> first = client.submitBackground(JOB);

            assertFails(client.submitBackground(JOB), TooManyInFlightException.class, "1 requests wait");
            CompletableFuture<JobHandle> waiting =
                    CompletableFuture.supplyAsync(() -> submitWaiting(client).join());
            requests.next(PacketType.SUBMIT_JOB_BG);
            requests.answer(created("H:1"));
            requests.next(PacketType.SUBMIT_JOB_BG);
            requests.answer(created("H:2"));

            assertThat(first.get(10, TimeUnit.SECONDS).value()).isEqualTo("H:1");
            assertThat(waiting.get(10, TimeUnit.SECONDS).value()).isEqualTo("H:2");
        }
    }

    @Test
    void an_answer_that_fits_nothing_ends_the_connection() throws Exception {
        try (SilentServer server = new SilentServer();
                GearmanClient client = client(server.address())) {
            Socket connection = server.next();
            assertThat(client.awaitConnected(PATIENCE)).isTrue();
            Requests requests = new Requests(connection).greet();
            CompletableFuture<JobHandle> submitted = client.submitBackground(JOB);
            requests.next(PacketType.SUBMIT_JOB_BG);
            requests.answer(Packet.response(PacketType.NOOP));

            assertFails(submitted, ConnectionLostException.class, "unexpected NOOP");
        }
    }

    @Test
    void nothing_is_sent_while_no_server_is_connected_or_after_close() throws Exception {
        SilentServer server = new SilentServer();
        server.close();
        GearmanClient client = client(server.address());

        assertFails(client.submitBackground(JOB), NotConnectedException.class, "nothing was sent");
        assertFails(client.statusOfUnique("key"), NotConnectedException.class, "nothing was sent");
        client.close();
        client.close();
        assertFails(client.submitBackground(JOB), NotConnectedException.class, "closed");
        assertFails(client.submitBackground(JOB), NotConnectedException.class, "closed");
        assertFails(client.submit(JOB).result(), NotConnectedException.class, "closed");
        assertFails(submitWaiting(client), NotConnectedException.class, "closed");
        assertThat(client.inFlight()).isZero();
    }

    @Test
    void closing_fails_what_is_unanswered() throws Exception {
        try (SilentServer server = new SilentServer()) {
            GearmanClient client = client(server.address());
            assertThat(client.awaitConnected(PATIENCE)).isTrue();
            CompletableFuture<JobHandle> submitted = client.submitBackground(JOB);

            client.close();

            assertFails(submitted, ConnectionLostException.class, "this side was closed");
        }
    }

    @Test
    void who_waits_for_room_goes_on_when_the_client_closes() throws Exception {
        try (SilentServer server = new SilentServer()) {
            GearmanClient client = builder(server.address()).maxBytesInFlight(1).build();
            assertThat(client.awaitConnected(PATIENCE)).isTrue();
            CompletableFuture<JobHandle> first = client.submitBackground(JOB);
            assertFails(client.submitBackground(JOB), TooManyInFlightException.class, "with 1 bytes of payload");
            CompletableFuture<CompletableFuture<JobHandle>> waiting = new CompletableFuture<>();
            Thread thread = new Thread(() -> waiting.complete(submitWaiting(client)));
            thread.start();
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }

            client.close();

            assertFails(first, ConnectionLostException.class, "closed");
            assertFails(waiting.get(10, TimeUnit.SECONDS), NotConnectedException.class, "closed");
            assertThat(client.inFlight()).isZero();
        }
    }

    @Test
    void waiting_on_the_event_loop_is_refused() throws Exception {
        try (SilentServer server = new SilentServer();
                GearmanClient client = builder(server.address()).maxInFlight(1).build()) {
            Requests requests = new Requests(server.next()).greet();
            CompletableFuture<JobHandle> nested =
                    client.submitBackground(JOB).thenCompose(handle -> submitWaiting(client));
            requests.next(PacketType.SUBMIT_JOB_BG);
            requests.answer(created("H:1"));

            assertFails(nested, IllegalStateException.class, "would never end");
        }
    }

    @Test
    void what_gearmand_would_close_the_connection_for_is_refused() throws Exception {
        try (SilentServer server = new SilentServer();
                GearmanClient client = client(server.address())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.statusOfUnique("k".repeat(64)))
                    .withMessageContaining("has at most 63 bytes, this one 64")
                    .withMessageContaining("closes the connection");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.status(new JobHandle(server.address(), "h".repeat(64))))
                    .withMessageContaining("63 bytes");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.echo(new ServerAddress("elsewhere", 4730), new byte[0]))
                    .withMessageContaining("none of this client's");
        }
    }

    @Test
    void jobs_go_to_the_servers_that_are_there_and_status_asks_all_of_them() throws Exception {
        BlockingQueue<ServerAddress> connected = new LinkedBlockingQueue<>();
        JobServer first = JobServer.start(JobServerSettings.DEFAULT);
        try (JobServer second = JobServer.start(JobServerSettings.DEFAULT);
                GearmanClient client = builder(address(first), address(second))
                        .listener(new ConnectionListener() {
                            @Override
                            public void connected(ServerAddress server) {
                                connected.add(server);
                            }
                        })
                        .build()) {
            connected.take();
            connected.take();
            for (int i = 0; i < 100; i++) {
                JobHandle handle = submit(client, "key" + i);
                assertThat(submit(client, "key" + i)).isEqualTo(handle);
                assertThat(client.statusOfUnique("key" + i).get().known()).isTrue();
            }
            try (GearmanAdmin admin = new GearmanAdmin(address(first))) {
                assertThat(admin.status().get("function").total()).isBetween(20L, 80L);
            }

            first.close();

            CompletableFuture<JobHandle> failed = client.submitBackground(new Submission("other", "", new byte[0]));
            failed.handle((handle, failure) -> true).get(10, TimeUnit.SECONDS);
            for (int i = 0; i < 100; i++) {
                assertThat(submit(client, "later" + i).server()).isEqualTo(address(second));
            }
        } finally {
            first.close();
        }
    }

    @Test
    void settings_that_cannot_work_are_refused() {
        ServerAddress server = new ServerAddress("localhost", 4730);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GearmanClient.builder().build())
                .withMessageContaining("at least one job server");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(server, server))
                .withMessageContaining("twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(server).clientId("with blank"))
                .withMessageContaining("no blank");
        assertThatIllegalArgumentException().isThrownBy(() -> builder(server).maxInFlight(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder(server).answerTimeout(Duration.ZERO));
    }

    private static JobHandle submit(GearmanClient client, String key) throws Exception {
        return client.submitBackground(new Submission("function", key, new byte[0]))
                .get(10, TimeUnit.SECONDS);
    }

    private static CompletableFuture<JobHandle> submitWaiting(GearmanClient client) {
        try {
            return client.submitBackgroundWaiting(JOB);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A byte every few milliseconds keeps the connection from being taken for dead. */
    private static int trickleUntilDone(CompletableFuture<?> future, Socket connection, byte[] bytes) throws Exception {
        int sent = 0;
        while (!future.isDone()) {
            connection.getOutputStream().write(bytes[sent++]);
            try {
                future.get(5, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                assertThat(sent).isLessThan(bytes.length);
            } catch (ExecutionException e) {
                return sent;
            }
        }
        return sent;
    }

    private static Packet created(String handle) {
        return Packet.response(PacketType.JOB_CREATED, handle);
    }

    private static ServerAddress address(JobServer server) {
        return new ServerAddress("127.0.0.1", server.port());
    }

    private static GearmanClient client(ServerAddress server) {
        return builder(server).build();
    }

    private static GearmanClient.Builder builder(ServerAddress... servers) {
        return GearmanClient.builder()
                .servers(List.of(servers))
                .backoff(new Backoff(Duration.ofMillis(10), Duration.ofMillis(50)));
    }

    private static void assertFails(CompletableFuture<?> future, Class<? extends Throwable> type, String message) {
        assertThat(future)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(type)
                .withMessageContaining(message);
    }
}
