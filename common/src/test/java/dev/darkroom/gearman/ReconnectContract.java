package dev.darkroom.gearman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import dev.darkroom.gearman.worker.WorkerListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A job server that goes away and comes back. */
abstract class ReconnectContract extends JobServerContract {

    @Test
    void client_and_worker_go_on_when_the_server_is_back() throws Exception {
        Events clientEvents = new Events();
        Events workerEvents = new Events();
        GearmanClient client = opened(clientBuilder().listener(clientEvents).build());
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = opened(
                workerBuilder(received).listener(workerEvents).capacity(5).build());
        clientEvents.await("connected");
        workerEvents.await("connected");
        submit(client, "before", "before");
        AssignedJob orphan = received.next();

        server().kill();
        clientEvents.await("lost");
        workerEvents.await("lost");
        assertThat(client.isConnected()).isFalse();
        assertThat(client.submitBackground(new Submission(function, "", new byte[0])))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(NotConnectedException.class);
        worker.complete(orphan);
        workerEvents.await("dropped");

        server().start();
        clientEvents.await("connected");
        workerEvents.await("connected");
        submit(client, "after", "after");
        assertThat(text(received.next())).isEqualTo("after");
        assertThat(worker.held()).isEqualTo(1);
        assertThat(client.connectedServers()).containsExactly(server().address());
    }

    @Test
    void every_submission_ends_while_the_server_dies() throws Exception {
        GearmanClient client = opened(clientBuilder().maxInFlight(100_000).build());
        assertThat(client.awaitConnected(Duration.ofSeconds(10))).isTrue();
        List<CompletableFuture<JobHandle>> futures = new ArrayList<>();
        Thread killer = new Thread(server()::kill);
        for (int i = 0; i < 50_000; i++) {
            if (i == 1000) {
                killer.start();
            }
            futures.add(client.submitBackground(new Submission(function, "k" + i, new byte[100])));
        }
        killer.join();

        CompletableFuture<Void> all = CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
        assertThat(all.handle((nothing, failure) -> true)).succeedsWithin(Duration.ofSeconds(20));
        assertThat(client.inFlight()).isZero();
        server().start();
    }

    /** What happened to connections and answers, in order. */
    private static final class Events implements WorkerListener {

        private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

        @Override
        public void connected(ServerAddress server) {
            seen.add("connected");
        }

        @Override
        public void connectionLost(ServerAddress server, Throwable cause) {
            seen.add("lost");
        }

        @Override
        public void answerDropped(AssignedJob job, String reason) {
            seen.add("dropped");
        }

        void await(String event) throws InterruptedException {
            assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(event);
        }
    }
}
