package dev.darkroom.gearman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.connection.Backoff;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import dev.darkroom.gearman.worker.JobReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What clients and workers of a contract test share: a server, and what was opened is closed. */
@Timeout(60)
public abstract class JobServerContract {

    private final List<AutoCloseable> opened = new ArrayList<>();
    public String function;

    public abstract RestartableServer server();

    @BeforeEach
    public void name_a_function() {
        function = "f" + UUID.randomUUID();
    }

    @AfterEach
    void close_what_was_opened() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    public <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    public GearmanClient.Builder clientBuilder() {
        return GearmanClient.builder()
                .servers(List.of(server().address()))
                .backoff(new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)));
    }

    public GearmanClient client() throws InterruptedException {
        GearmanClient client = opened(clientBuilder().build());
        assertThat(client.awaitConnected(Duration.ofSeconds(10))).isTrue();
        return client;
    }

    public GearmanWorker.Builder workerBuilder(JobReceiver receiver) {
        return GearmanWorker.builder()
                .servers(List.of(server().address()))
                .backoff(new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)))
                .function(function)
                .receiver(receiver);
    }

    public GearmanWorker worker(JobReceiver receiver, int capacity) {
        return opened(workerBuilder(receiver).capacity(capacity).build());
    }

    public JobHandle submit(GearmanClient client, String uniqueKey, String payload) throws Exception {
        return submit(client, uniqueKey, payload, Priority.NORMAL);
    }

    public JobHandle submit(GearmanClient client, String uniqueKey, String payload, Priority priority)
            throws Exception {
        return client.submitBackground(new Submission(function, uniqueKey, payload.getBytes(UTF_8), priority))
                .get(10, TimeUnit.SECONDS);
    }

    public static String text(AssignedJob job) {
        return new String(job.payload(), UTF_8);
    }
}
