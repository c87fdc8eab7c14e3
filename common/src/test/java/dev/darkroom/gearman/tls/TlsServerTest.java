package dev.darkroom.gearman.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.gearman.ConnectionLostException;
import dev.darkroom.gearman.RecordedEvents;
import dev.darkroom.gearman.TlsSettings;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.gearman.server.JobServer;
import dev.darkroom.gearman.server.JobServerSettings;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who does not get into a server that speaks TLS, as the server sees it. */
class TlsServerTest extends TlsContract {

    private final RecordedLog log = new RecordedLog();

    @AfterEach
    void forget_the_log() {
        log.close();
    }

    @Test
    void a_plain_client_is_turned_away_with_one_line() throws Exception {
        JobServer server = server(certificates.server());
        RecordedEvents events = new RecordedEvents();
        opened(plainClientOf(address(server)).listener(events).build());

        events.await("lost", 1);
        assertThat(log.await("Closing the connection from"))
                .contains("it speaks no TLS, and this port takes nothing else: set up TLS in that client");
        try (GearmanAdmin admin = new GearmanAdmin(address(server))) {
            assertThatThrownBy(admin::status).isInstanceOf(ConnectionLostException.class);
        }
    }

    @Test
    void a_silent_peer_is_cut_off() throws Exception {
        JobServer server = server(certificates.server().withHandshakeTimeout(Duration.ofMillis(200)));
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            peer.setSoTimeout(10_000);
            peer.getOutputStream().write(0x16);
            peer.getInputStream().readAllBytes();
        }
        assertThat(log.await("Closing the connection from")).contains("did not do its TLS handshake in time");
    }

    @Test
    void a_client_that_does_not_trust_the_server_is_one_line_too() throws Exception {
        JobServer server = server(certificates.server());
        opened(clientOf(address(server), TlsSettings.builder().build()).build());
        assertThat(log.await("Closing the connection from")).contains("it does not accept this server's certificate");
    }

    @Test
    void a_full_server_closes_instead_of_speaking_plain() throws Exception {
        JobServer server = opened(
                JobServer.start(JobServerSettings.DEFAULT.withMaxConnections(1).withTls(certificates.server())));
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), server.port());
                Socket second = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            second.setSoTimeout(10_000);
            assertThat(second.getInputStream().readAllBytes()).isEmpty();
            assertThat(first.isConnected()).isTrue();
        }
        log.await("Refusing");
    }
}
