package dev.darkroom.gearman.tls;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.ServerTlsSettings;
import dev.darkroom.gearman.TlsSettings;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.connection.Backoff;
import dev.darkroom.gearman.server.JobServer;
import dev.darkroom.gearman.server.JobServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tests of TLS share: certificates, and what was opened is closed. */
@Timeout(60)
abstract class TlsContract {

    static final Backoff BACKOFF = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100));
    static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    static Path folder;

    static TestCertificates certificates;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void make_certificates() throws Exception {
        certificates = new TestCertificates(folder);
    }

    @AfterEach
    void close_what_was_opened() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    JobServer server(ServerTlsSettings tls) {
        return opened(JobServer.start(JobServerSettings.DEFAULT.withTls(tls)));
    }

    static ServerAddress address(JobServer server) {
        return new ServerAddress("127.0.0.1", server.port());
    }

    static GearmanClient.Builder clientOf(ServerAddress server, TlsSettings tls) {
        return GearmanClient.builder().servers(List.of(server)).backoff(BACKOFF).tls(tls);
    }

    static GearmanClient.Builder plainClientOf(ServerAddress server) {
        return GearmanClient.builder().servers(List.of(server)).backoff(BACKOFF);
    }
}
