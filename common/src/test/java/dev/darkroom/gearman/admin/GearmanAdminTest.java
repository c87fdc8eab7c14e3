package dev.darkroom.gearman.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.gearman.AnswerTimeoutException;
import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.SilentServer;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GearmanAdminTest {

    @Test
    void a_silent_server_is_not_waited_for_longer_than_the_time_out() throws Exception {
        try (SilentServer server = new SilentServer();
                GearmanAdmin admin = new GearmanAdmin(server.address(), Duration.ofMillis(200))) {
            assertThatThrownBy(admin::status)
                    .isInstanceOf(AnswerTimeoutException.class)
                    .hasMessageContaining("'status' within PT0.2S");
        }
    }

    @Test
    void an_answer_cut_in_pieces_is_read_whole() throws Exception {
        try (SilentServer server = new SilentServer();
                GearmanAdmin admin = new GearmanAdmin(server.address(), Duration.ofSeconds(10))) {
            CompletableFuture<FunctionStatus> status =
                    CompletableFuture.supplyAsync(() -> admin.status().get("a b"));
            Socket connection = server.next();
            assertThat(new String(connection.getInputStream().readNBytes(8), US_ASCII))
                    .isEqualTo("status\r\n");
            for (byte part : "a b\t5\t2\t3\r\n.\n".getBytes(US_ASCII)) {
                connection.getOutputStream().write(part);
            }
            assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(new FunctionStatus(5, 2, 3));
        }
    }

    @Test
    void an_answer_that_is_none_is_an_error() throws Exception {
        try (SilentServer server = new SilentServer();
                GearmanAdmin admin = new GearmanAdmin(server.address(), Duration.ofSeconds(10))) {
            CompletableFuture<?> status = CompletableFuture.supplyAsync(admin::status);
            server.next().getOutputStream().write("HTTP/1.1 400 Bad Request\n.\n".getBytes(US_ASCII));

            assertThat(status)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(ProtocolException.class)
                    .withMessageContaining("HTTP/1.1 400");
        }
    }

    @Test
    void a_function_that_would_be_two_words_is_refused() throws Exception {
        try (SilentServer server = new SilentServer();
                GearmanAdmin admin = new GearmanAdmin(server.address())) {
            assertThatThrownBy(() -> admin.maxQueue("a b", 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> admin.maxQueue("a\nshutdown", 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void an_address_with_colons_is_no_name() throws Exception {
        try (SilentServer server = new SilentServer();
                GearmanAdmin admin = new GearmanAdmin(server.address(), Duration.ofSeconds(10))) {
            CompletableFuture<List<ConnectedWorker>> workers = CompletableFuture.supplyAsync(admin::workers);
            server.next()
                    .getOutputStream()
                    .write("33 ::1 - : f g\n34 fe80::1%eth0 my id :\n35 ::ffff:127.0.0.1  :\n.\n".getBytes(US_ASCII));

            assertThat(workers.get(10, TimeUnit.SECONDS))
                    .containsExactly(
                            new ConnectedWorker(33, "::1", "-", List.of("f", "g")),
                            new ConnectedWorker(34, "fe80::1%eth0", "my id", List.of()),
                            new ConnectedWorker(35, "::ffff:127.0.0.1", "", List.of()));
        }
    }
}
