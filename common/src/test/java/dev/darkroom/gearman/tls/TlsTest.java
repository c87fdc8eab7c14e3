package dev.darkroom.gearman.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.ReceivedJobs;
import dev.darkroom.gearman.RecordedEvents;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.TlsSettings;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.gearman.client.ForegroundJob;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.server.JobServer;
import dev.darkroom.gearman.server.JobServerSettings;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import dev.darkroom.gearman.worker.JobReceiver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What works over TLS. */
class TlsTest extends TlsContract {

    private static final String FUNCTION = "f";

    @Test
    void jobs_go_out_and_results_come_back() throws Exception {
        ServerAddress server = address(server(certificates.server()));
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(server, received, certificates.client());
        ForegroundJob job = client(server, certificates.client()).submit(submission("hello".getBytes(UTF_8)));

        AssignedJob assigned = received.next();
        assertThat(assigned.payload()).asString(UTF_8).isEqualTo("hello");
        worker.complete(assigned, "olleh".getBytes(UTF_8));

        assertThat(job.result()).succeedsWithin(PATIENCE).isEqualTo("olleh".getBytes(UTF_8));
    }

    @Test
    void five_megabytes_go_both_ways() throws Exception {
        ServerAddress server = address(server(certificates.server()));
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(server, received, certificates.client());
        byte[] payload = new byte[5 * 1024 * 1024];
        new Random(1).nextBytes(payload);
        ForegroundJob job = client(server, certificates.client()).submit(submission(payload));

        AssignedJob assigned = received.next();
        assertThat(Arrays.equals(assigned.payload(), payload)).isTrue();
        worker.complete(assigned, assigned.payload());

        assertThat(Arrays.equals(job.result().get(), payload)).isTrue();
    }

    @Test
    void a_worker_that_closes_sends_its_last_answers_whole() throws Exception {
        ServerAddress server = address(server(certificates.server()));
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(server, received, certificates.client());
        GearmanClient client = client(server, certificates.client());
        List<ForegroundJob> jobs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            jobs.add(client.submit(submission(new byte[] {1})));
        }
        List<AssignedJob> assigned = received.next(10);
        byte[] result = new byte[2 * 1024 * 1024];
        assigned.forEach(job -> worker.complete(job, result));
        worker.close();

        for (ForegroundJob job : jobs) {
            assertThat(job.result())
                    .succeedsWithin(PATIENCE)
                    .satisfies(bytes -> assertThat(bytes).hasSameSizeAs(result));
        }
    }

    @Test
    void client_and_worker_come_back_after_the_server_restarted() throws Exception {
        JobServer first = server(certificates.server());
        ServerAddress server = address(first);
        RecordedEvents events = new RecordedEvents();
        ReceivedJobs received = new ReceivedJobs();
        opened(workerOf(server, received, certificates.client())
                .listener(events)
                .build());
        RecordedEvents clientEvents = new RecordedEvents();
        GearmanClient client = opened(
                clientOf(server, certificates.client()).listener(clientEvents).build());
        events.await("connected", 1);
        clientEvents.await("connected", 1);

        first.close();
        events.await("lost", 1);
        clientEvents.await("lost", 1);
        opened(JobServer.start(JobServerSettings.DEFAULT.withPort(server.port()).withTls(certificates.server())));
        events.await("connected", 1);
        clientEvents.await("connected", 1);

        assertThat(client.submitBackgroundWaiting(submission(new byte[] {7}))).succeedsWithin(PATIENCE);
        assertThat(received.next().payload()).containsExactly(7);
    }

    @Test
    void a_client_certificate_that_the_server_requires_lets_in() throws Exception {
        certificates.issue("client", builder -> builder);
        JobServer server = server(certificates.server().requiringClientCertificates(certificates.authorityFile()));
        TlsSettings tls = certificates
                .trusting()
                .clientCertificate(certificates.chain("client"), certificates.key("client"))
                .build();

        assertThat(client(address(server), tls).submitBackground(submission(new byte[0])))
                .succeedsWithin(PATIENCE);
        try (GearmanAdmin admin = new GearmanAdmin(address(server), PATIENCE, tls)) {
            assertThat(admin.status().get(FUNCTION).total()).isEqualTo(1);
        }
    }

    @Test
    void admin_asks_again_and_again_over_one_connection() throws Exception {
        JobServer server = server(certificates.server());
        GearmanClient client = client(address(server), certificates.client());
        CompletableFuture<?>[] submitted = new CompletableFuture<?>[2000];
        for (int i = 0; i < submitted.length; i++) {
            submitted[i] =
                    client.submitBackgroundWaiting(new Submission("function-with-a-long-name-" + i, "", new byte[0]));
        }
        assertThat(CompletableFuture.allOf(submitted)).succeedsWithin(PATIENCE);
        try (GearmanAdmin admin = new GearmanAdmin(address(server), PATIENCE, certificates.client())) {
            assertThat(admin.version()).isEqualTo("1.1-darkroom-embedded");
            // More than one TLS record, which holds 16 KiB.
            assertThat(admin.status()).hasSize(2000);
            assertThat(admin.status()).hasSize(2000);
            assertThat(admin.workers()).hasSize(2);
            assertThat(admin.workers())
                    .as("connections, also that of the client")
                    .hasSize(2);
        }
    }

    @Test
    void a_name_is_checked_as_well_as_an_address() throws Exception {
        JobServer server = server(certificates.server());
        client(new ServerAddress("localhost", server.port()), certificates.client());
    }

    @Test
    void without_the_host_name_check_any_trusted_certificate_will_do() throws Exception {
        certificates.issue("elsewhere", builder -> builder.addSanDnsName("elsewhere.example"));
        JobServer server = server(certificates.server("elsewhere"));
        TlsSettings tls = certificates.trusting().withoutHostNameCheck().build();

        client(address(server), tls);
        try (GearmanAdmin admin = new GearmanAdmin(address(server), PATIENCE, tls)) {
            assertThat(admin.version()).isEqualTo("1.1-darkroom-embedded");
        }
    }

    private GearmanClient client(ServerAddress server, TlsSettings tls) throws InterruptedException {
        GearmanClient client = opened(clientOf(server, tls).build());
        assertThat(client.awaitConnected(PATIENCE)).isTrue();
        return client;
    }

    private GearmanWorker worker(ServerAddress server, JobReceiver receiver, TlsSettings tls) {
        return opened(workerOf(server, receiver, tls).build());
    }

    private static GearmanWorker.Builder workerOf(ServerAddress server, JobReceiver receiver, TlsSettings tls) {
        return GearmanWorker.builder()
                .servers(List.of(server))
                .backoff(BACKOFF)
                .tls(tls)
                .function(FUNCTION)
                .capacity(10)
                .receiver(receiver);
    }

    private static Submission submission(byte[] payload) {
        return new Submission(FUNCTION, "", payload);
    }
}
