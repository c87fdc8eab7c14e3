package dev.darkroom.gearman.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.gearman.NotConnectedException;
import dev.darkroom.gearman.RecordedEvents;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.SilentServer;
import dev.darkroom.gearman.TlsHandshakeException;
import dev.darkroom.gearman.TlsSettings;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.connection.ConnectionListener;
import dev.darkroom.gearman.server.JobServer;
import dev.darkroom.gearman.server.JobServerSettings;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not work over TLS, as the client sees it: it says why, and tries on. */
class TlsRefusalTest extends TlsContract {

    private final RecordedLog log = new RecordedLog();

    @AfterEach
    void forget_the_log() {
        log.close();
    }

    @Test
    void a_certificate_of_a_strange_authority_is_not_trusted(@TempDir Path elsewhere) throws Exception {
        JobServer server = server(certificates.server());
        TlsSettings tls = new TestCertificates(elsewhere).client();

        refused(address(server), tls, "was not issued by a trusted authority: give the authority's certificate");
        refused(address(server), TlsSettings.builder().build(), "was not issued by a trusted authority");
    }

    @Test
    void an_expired_certificate_is_not_accepted() throws Exception {
        certificates.issueExpired("expired");
        refused(address(server(certificates.server("expired"))), certificates.client(), "has expired: renew it");
    }

    @Test
    void a_certificate_of_another_host_is_not_accepted() throws Exception {
        certificates.issue("elsewhere", builder -> builder.addSanDnsName("elsewhere.example"));
        certificates.issue("nameless", builder -> builder);
        refused(address(server(certificates.server("elsewhere"))), certificates.client(), "is not for 127.0.0.1");
        refused(address(server(certificates.server("nameless"))), certificates.client(), "is not for 127.0.0.1");
    }

    @Test
    void a_plain_server_is_recognized() throws Exception {
        JobServer server = opened(JobServer.start(JobServerSettings.DEFAULT));
        refused(address(server), certificates.client(), "speaks no TLS on this port");
    }

    @Test
    void a_server_that_answers_something_else_is_recognized_at_once() throws Exception {
        try (SilentServer server = new SilentServer()) {
            opened(clientOf(server.address(), certificates.client()).build());
            server.next().getOutputStream().write("ERR unknown_command Unknown+server+command\r\n".getBytes(US_ASCII));
            assertThat(log.await("Cannot connect")).contains("the server speaks no TLS on this port: connect");
        }
    }

    @Test
    void a_missing_client_certificate_is_named() throws Exception {
        JobServer server = server(certificates.server().requiringClientCertificates(certificates.authorityFile()));
        lostAtOnce(address(server), certificates.client(), "requires a client certificate");
    }

    @Test
    void a_client_certificate_of_a_strange_authority_is_refused(@TempDir Path elsewhere) throws Exception {
        TestCertificates strange = new TestCertificates(elsewhere);
        JobServer server = server(certificates.server().requiringClientCertificates(certificates.authorityFile()));
        TlsSettings tls = certificates
                .trusting()
                .clientCertificate(strange.chain("server"), strange.key("server"))
                .build();
        lostAtOnce(address(server), tls, "refused the client certificate");
    }

    @Test
    void a_server_that_is_silent_at_the_handshake_is_given_up_and_tried_again() throws Exception {
        RecordedEvents events = new RecordedEvents();
        int port;
        GearmanClient client;
        try (SilentServer silent = new SilentServer()) {
            port = silent.address().port();
            client = opened(clientOf(silent.address(), certificates.client())
                    .connectTimeout(Duration.ofMillis(200))
                    .listener(events)
                    .build());
            assertThat(log.await("Cannot connect")).contains("did not answer the TLS handshake in time");
            silent.next();
            silent.next();
            assertThat(client.isConnected()).isFalse();
            assertThat(events.isEmpty())
                    .as("nobody is told of half a connection")
                    .isTrue();
            assertThat(log.others("Cannot connect")).as("said once").isZero();
        }
        opened(JobServer.start(JobServerSettings.DEFAULT.withPort(port).withTls(certificates.server())));

        assertThat(client.awaitConnected(PATIENCE)).isTrue();
        assertThat(events.next()).isEqualTo("connected");
    }

    @Test
    void closing_does_not_leave_a_handshake_behind() throws Exception {
        try (SilentServer silent = new SilentServer()) {
            GearmanClient client = clientOf(silent.address(), certificates.client())
                    .connectTimeout(Duration.ofMinutes(5))
                    .build();
            Socket connection = silent.next();
            connection.setSoTimeout(10_000);
            assertThat(connection.getInputStream().read())
                    .as("the client's hello")
                    .isEqualTo(0x16);
            client.close();
            connection.getInputStream().readAllBytes();
        }
    }

    @Test
    void admin_waits_for_a_handshake_no_longer_than_its_time_out() throws Exception {
        try (SilentServer silent = new SilentServer();
                GearmanAdmin admin =
                        new GearmanAdmin(silent.address(), Duration.ofMillis(200), certificates.client())) {
            assertThatThrownBy(admin::version)
                    .isInstanceOf(NotConnectedException.class)
                    .hasMessageContaining("did not answer the TLS handshake in time");
        }
    }

    @Test
    void files_that_are_wrong_are_named(@TempDir Path elsewhere) throws Exception {
        Path text = Files.writeString(elsewhere.resolve("text"), "no PEM");
        certificates.issue("other", builder -> builder.rsa2048());
        certificates.issue("twin", builder -> builder);
        Path chain = certificates.chain("server");
        TlsSettings.Builder builder = TlsSettings.builder();

        wrong(builder.trustedCertificates(elsewhere.resolve("none")), "There is no file", "none");
        wrong(builder.trustedCertificates(text), text.toString(), "holds no certificate in PEM form");
        builder.trustedCertificates(chain);
        wrong(builder.clientCertificate(chain, text), text.toString(), "no PKCS#8 private key", "openssl pkcs8");
        wrong(builder.clientCertificate(chain, chain), "no PKCS#8 private key");
        wrong(builder.clientCertificate(chain, certificates.key("other")), "is not that of the first certificate");
        wrong(builder.clientCertificate(chain, certificates.key("twin")), "is not that of the first certificate");
        wrong(builder.clientCertificate(chain, elsewhere), elsewhere.toString(), "cannot be read");
        assertThat(builder.clientCertificate(chain, certificates.key("server")).build())
                .hasToString("TLS with a client certificate");
    }

    private static void wrong(TlsSettings.Builder builder, String... parts) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }

    /** Client and admin say this, and nobody is told of a connection. */
    private void refused(ServerAddress server, TlsSettings tls, String reason) throws Exception {
        RecordedEvents events = new RecordedEvents();
        try (GearmanClient client = clientOf(server, tls)
                .connectTimeout(Duration.ofSeconds(1))
                .listener(events)
                .build()) {
            assertThat(log.await("Cannot connect")).contains(reason);
            assertThat(client.isConnected()).isFalse();
        }
        assertThat(events.isEmpty()).isTrue();
        try (GearmanAdmin admin = new GearmanAdmin(server, Duration.ofSeconds(1), tls)) {
            assertThatThrownBy(admin::version)
                    .isInstanceOf(NotConnectedException.class)
                    .hasMessageContaining(reason);
        }
    }

    private void lostAtOnce(ServerAddress server, TlsSettings tls, String reason) throws Exception {
        CompletableFuture<Throwable> lost = new CompletableFuture<>();
        ConnectionListener listener = new ConnectionListener() {
            @Override
            public void connectionLost(ServerAddress from, Throwable cause) {
                lost.complete(cause);
            }
        };
        try (GearmanClient client = clientOf(server, tls).listener(listener).build()) {
            assertThat(lost.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(TlsHandshakeException.class)
                    .hasMessageContaining(reason);
            assertThat(log.await("Lost the connection")).contains(reason);
            // The second refusal shows that the client came again.
            assertThat(log.await("Closing the connection from")).contains("shows no client certificate");
            log.await("Closing the connection from");
            assertThat(log.others("Lost the connection")).as("said once").isZero();
            assertThat(client.inFlight()).isZero();
        }
        try (GearmanAdmin admin = new GearmanAdmin(server, PATIENCE, tls)) {
            assertThatThrownBy(admin::version).hasMessageContaining(reason);
        }
    }
}
