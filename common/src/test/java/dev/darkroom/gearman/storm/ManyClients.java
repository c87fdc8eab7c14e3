package dev.darkroom.gearman.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.connection.Backoff;
import dev.darkroom.gearman.connection.ConnectionListener;
import dev.darkroom.gearman.connection.EventLoops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Clients of one job server on two shared threads. */
final class ManyClients implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EventLoops loops = new EventLoops(2);
    private final List<GearmanClient> clients = new ArrayList<>();
    private final Semaphore connected = new Semaphore(0);
    private final Queue<Long> connectTimes = new ConcurrentLinkedQueue<>();
    private final Semaphore lost = new Semaphore(0);

    /** @param wait the first wait after a loss, half of it random; doubles once */
    ManyClients(ServerAddress server, int count, Duration wait) {
        ConnectionListener listener = new ConnectionListener() {
            @Override
            public void connected(ServerAddress address) {
                connectTimes.add(System.nanoTime());
                connected.release();
            }

            @Override
            public void connectionLost(ServerAddress address, Throwable cause) {
                lost.release();
            }
        };
        for (int i = 0; i < count; i++) {
            clients.add(GearmanClient.builder()
                    .servers(List.of(server))
                    .eventLoops(loops)
                    .backoff(new Backoff(wait, wait.multipliedBy(2)))
                    .connectTimeout(Duration.ofSeconds(20))
                    .maxInFlight(16)
                    .listener(listener)
                    .build());
        }
    }

    void awaitConnected() throws InterruptedException {
        await(connected, "connected");
        assertThat(clients).allMatch(GearmanClient::isConnected);
    }

    /** When each connection since the last call came to be, by {@link System#nanoTime()}. */
    List<Long> takeConnectTimes() {
        List<Long> times = List.copyOf(connectTimes);
        connectTimes.clear();
        return times;
    }

    void awaitLost() throws InterruptedException {
        await(lost, "heard of the loss");
    }

    void submitOneEach() throws InterruptedException {
        Completions answers = new Completions(clients.size());
        for (int i = 0; i < clients.size(); i++) {
            answers.watch(i, clients.get(i).submitBackground(new Submission("storm", "", new byte[0])));
        }
        assertThat(answers.await()).isEmpty();
        // Room is given back at the end of a read, a moment after the futures are completed.
        while (clients.stream().anyMatch(client -> client.inFlight() > 0)) {
            Thread.onSpinWait();
        }
    }

    private void await(Semaphore events, String what) throws InterruptedException {
        assertThat(events.tryAcquire(clients.size(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .as("only %s of %s clients %s", events.availablePermits(), clients.size(), what)
                .isTrue();
    }

    @Override
    public void close() {
        clients.forEach(GearmanClient::close);
        loops.close();
    }
}
