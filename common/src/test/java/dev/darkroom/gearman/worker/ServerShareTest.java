package dev.darkroom.gearman.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.connection.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each of several servers gets of a worker's capacity, and what becomes of a wake, or an end, without a job. */
@Timeout(60)
class ServerShareTest {

    private final BlockingQueue<AssignedJob> received = new LinkedBlockingQueue<>();
    private final List<ScriptedServer> servers = new ArrayList<>();
    private GearmanWorker opened;
    private final CountDownLatch connections = new CountDownLatch(3);

    @BeforeEach
    void open() throws Exception {
        for (int i = 0; i < 3; i++) {
            servers.add(new ScriptedServer());
        }
    }

    @AfterEach
    void close() throws Exception {
        // First, so that the worker does not wait for answers to its grabs.
        for (ScriptedServer server : servers) {
            server.close();
        }
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void with_capacity_for_one_job_the_servers_take_turns() throws Exception {
        GearmanWorker worker = builder().capacity(0).build();
        opened = worker;
        allConnected();
        worker.setCapacity(1);
        Map<ServerAddress, Integer> counts = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            AssignedJob job = assignedByAny();
            counts.merge(job.connection().server(), 1, Integer::sum);
            worker.complete(job);
        }

        assertThat(counts.values()).containsExactly(100, 100, 100);
    }

    @Test
    void a_server_that_answers_slowly_takes_no_more_than_its_part() throws Exception {
        ScriptedServer slow = servers.get(0);
        GearmanWorker worker = builder().capacity(0).build();
        opened = worker;
        allConnected();
        worker.setCapacity(12);
        for (int i = 0; i < 600; i++) {
            ScriptedServer server = i % 20 == 0 ? slow : servers.get(1 + i % 2);
            server.await(() -> server.grabs() > 0);
            server.assign();
            worker.complete(next());
            assertThat(slow.grabs()).isLessThanOrEqualTo(4);
        }
        for (ScriptedServer server : servers) {
            server.await(() -> server.grabs() == 4);
        }
    }

    @Test
    void the_part_of_a_dead_server_goes_to_the_others() throws Exception {
        GearmanWorker worker = builder().capacity(0).build();
        opened = worker;
        allConnected();
        worker.setCapacity(6);
        for (ScriptedServer server : servers) {
            server.await(() -> server.grabs() == 2);
        }

        servers.get(0).close();

        for (ScriptedServer server : servers.subList(1, 3)) {
            server.await(() -> server.grabs() == 3);
        }
    }

    @Test
    void wakes_in_vain_are_followed_more_and_more_slowly() throws Exception {
        ScriptedServer server = servers.get(0);
        GearmanWorker worker = builder()
                .servers(List.of(server.address()))
                .regrabInterval(Duration.ofHours(1))
                .build();
        opened = worker;
        long start = System.nanoTime();
        for (int round = 1; round <= 20; round++) {
            int sleeps = round;
            server.await(() -> server.grabs() == 1);
            server.refuse();
            server.await(() -> server.sleeps() == sleeps);
            server.noop();
        }
        // The waits that follow the first eight wakes: 1, 2, 4, 8, 16, 32 ms, then 50 ms each; the last is not awaited.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));

        server.await(() -> server.grabs() == 1);
        server.assign();
        worker.complete(next());
        server.await(() -> server.grabs() > 0);
    }

    @Test
    void a_server_that_hangs_up_at_once_is_tried_more_and_more_slowly() throws Exception {
        ScriptedServer server = servers.get(0);
        server.hangUp();
        GearmanWorker worker = builder()
                .servers(List.of(server.address()))
                .backoff(new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)))
                .build();
        opened = worker;
        server.await(() -> server.connections() == 1);
        long start = System.nanoTime();
        server.await(() -> server.connections() == 7);

        // At least half of 20, 40, 80, 160, 200 and 200 ms.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(340));
        assertThat(worker.held()).isZero();
    }

    private GearmanWorker.Builder builder() {
        return GearmanWorker.builder()
                .servers(servers.stream().map(ScriptedServer::address).toList())
                .backoff(new Backoff(Duration.ofMillis(10), Duration.ofMillis(50)))
                .function("function")
                .listener(new WorkerListener() {
                    @Override
                    public void connected(ServerAddress server) {
                        connections.countDown();
                    }
                })
                .receiver(received::add);
    }

    private void allConnected() throws Exception {
        assertThat(connections.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private AssignedJob assignedByAny() throws Exception {
        while (true) {
            for (ScriptedServer server : servers) {
                if (server.assign()) {
                    return next();
                }
            }
            Thread.onSpinWait();
        }
    }

    private AssignedJob next() throws InterruptedException {
        AssignedJob job = received.poll(10, TimeUnit.SECONDS);
        assertThat(job).isNotNull();
        return job;
    }
}
