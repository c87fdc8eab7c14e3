package dev.darkroom.gearman.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.ConnectionLostException;
import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.NotConnectedException;
import dev.darkroom.gearman.Requests;
import dev.darkroom.gearman.ServerErrorException;
import dev.darkroom.gearman.SilentServer;
import dev.darkroom.gearman.TooManyInFlightException;
import dev.darkroom.gearman.connection.Backoff;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchedSubmissionTest {

    private final Heard heard = new Heard();

    @Test
    void the_jobs_leave_in_order_and_each_is_told_of() throws Exception {
        try (SilentServer server = new SilentServer();
                GearmanClient client = client(server)) {
            Requests requests = new Requests(server.next()).greet();
            client.submitBackground(jobs(3), heard);

            for (int i = 0; i < 3; i++) {
                assertThat(requests.next(PacketType.SUBMIT_JOB_BG).text(1)).isEqualTo("key-" + i);
            }
            requests.answer(created(), Packet.response(PacketType.ERROR, "QUEUE_ERROR", "full"), created());

            assertThat(heard.next()).isEqualTo("0 submitted");
            assertThat(heard.next()).isEqualTo("1 " + ServerErrorException.class.getSimpleName());
            assertThat(heard.next()).isEqualTo("2 submitted");
        }
    }

    @Test
    void what_there_is_no_room_for_is_refused_at_once_and_the_others_go_out() throws Exception {
        try (SilentServer server = new SilentServer();
                GearmanClient client = builder(server).maxInFlight(2).build()) {
            Requests requests = new Requests(server.next()).greet();
            client.submitBackground(jobs(3), heard);

            assertThat(heard.all).containsExactly("2 " + TooManyInFlightException.class.getSimpleName());
            requests.next(PacketType.SUBMIT_JOB_BG);
            requests.next(PacketType.SUBMIT_JOB_BG);
            assertThat(client.inFlight()).isEqualTo(2);
        }
    }

    @Test
    void a_lost_connection_fails_those_that_were_not_answered() throws Exception {
        try (SilentServer server = new SilentServer();
                GearmanClient client = client(server)) {
            Requests requests = new Requests(server.next()).greet();
            client.submitBackground(jobs(2), heard);
            requests.next();
            requests.next();
            requests.answer(created());
            assertThat(heard.next()).isEqualTo("0 submitted");

            requests.hangUp();

            assertThat(heard.next()).isEqualTo("1 " + ConnectionLostException.class.getSimpleName());
            assertThat(client.inFlight()).isZero();
        }
    }

    @Test
    void a_closed_client_says_so_of_each() throws Exception {
        try (SilentServer server = new SilentServer()) {
            GearmanClient client = client(server);
            client.close();

            client.submitBackground(jobs(2), heard);

            String refused = NotConnectedException.class.getSimpleName();
            assertThat(List.of(heard.next(), heard.next())).containsExactly("0 " + refused, "1 " + refused);
            assertThat(client.inFlight()).isZero();
        }
    }

    @Test
    void a_listener_that_fails_keeps_nobody_else_from_hearing() throws Exception {
        try (SilentServer server = new SilentServer();
                GearmanClient client = client(server)) {
            Requests requests = new Requests(server.next()).greet();
            client.submitBackground(jobs(2), new SubmissionListener() {
                @Override
                public void submitted(int index) {
                    heard.submitted(index);
                    throw new IllegalStateException("on purpose");
                }

                @Override
                public void failed(int index, GearmanException cause) {
                    heard.failed(index, cause);
                }
            });
            requests.next();
            requests.next();
            requests.answer(created(), created());

            assertThat(heard.next()).isEqualTo("0 submitted");
            assertThat(heard.next()).isEqualTo("1 submitted");
            assertThat(client.isConnected()).isTrue();
        }
    }

    private static final class Heard implements SubmissionListener {

        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            return all.poll(10, TimeUnit.SECONDS);
        }

        @Override
        public void submitted(int index) {
            all.add(index + " submitted");
        }

        @Override
        public void failed(int index, GearmanException cause) {
            all.add(index + " " + cause.getClass().getSimpleName());
        }
    }

    private static List<Submission> jobs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Submission("function", "key-" + i, new byte[] {1}))
                .toList();
    }

    private static Packet created() {
        return Packet.response(PacketType.JOB_CREATED, "H:1");
    }

    private static GearmanClient client(SilentServer server) {
        return builder(server).build();
    }

    private static GearmanClient.Builder builder(SilentServer server) {
        return GearmanClient.builder()
                .servers(List.of(server.address()))
                .backoff(new Backoff(Duration.ofMillis(10), Duration.ofMillis(50)));
    }
}
