package dev.darkroom.gearman.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.connection.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever servers and callers do, in any order: a worker never has more than its capacity, counts back to nothing, and
 * ends each job once.
 */
@Timeout(60)
class CapacityModelTest {

    private static final int STEPS = 600;

    private final BlockingQueue<AssignedJob> received = new LinkedBlockingQueue<>();
    private final List<AssignedJob> open = new ArrayList<>();
    private final List<AssignedJob> answered = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void capacity_is_kept_and_comes_back_and_each_job_ends_once(long seed) throws Exception {
        Random random = new Random(seed);
        try (ScriptedServer first = new ScriptedServer();
                ScriptedServer second = new ScriptedServer();
                ScriptedServer third = new ScriptedServer();
                GearmanWorker worker = GearmanWorker.builder()
                        .servers(List.of(first.address(), second.address(), third.address()))
                        .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)))
                        .regrabInterval(Duration.ofMillis(20))
                        .function("function")
                        .receiver(received::add)
                        .capacity(5)
                        .build()) {
            List<ScriptedServer> servers = List.of(first, second, third);
            int limit = 5;
            int before = 0;
            for (int step = 0; step < STEPS; step++) {
                int lastLimit = limit;
                ScriptedServer server = servers.get(random.nextInt(servers.size()));
                switch (random.nextInt(12)) {
                    case 0, 1, 2, 3 -> server.assign();
                    case 4 -> server.refuse();
                    case 5 -> server.noop();
                    case 6, 7, 8 -> answer(worker, random);
                    case 9 -> answerAgain(worker, random);
                    case 10 -> {
                        limit = random.nextInt(9);
                        worker.setCapacity(limit);
                    }
                    default -> {
                        if (random.nextInt(5) == 0) {
                            server.disconnect();
                        }
                    }
                }
                int taken = taken(worker);
                assertThat(taken).isBetween(0, Math.max(Math.max(limit, lastLimit), before));
                before = taken;
            }

            CompletableFuture<Void> drained = worker.drain();
            while (!drained.isDone()) {
                for (ScriptedServer server : servers) {
                    server.refuse();
                }
                answer(worker, random);
                taken(worker);
            }
            assertThat(taken(worker)).isZero();
            assertThat(worker.held()).isZero();
            for (ScriptedServer server : servers) {
                assertThat(server.mostAnswers()).isLessThanOrEqualTo(1);
                server.await(() -> server.endedOnce().values().stream().allMatch(count -> count == 1));
            }
        }
    }

    private void answer(GearmanWorker worker, Random random) {
        received.drainTo(open);
        if (!open.isEmpty()) {
            AssignedJob job = open.remove(random.nextInt(open.size()));
            worker.sendData(job, new byte[3]);
            switch (random.nextInt(3)) {
                case 0 -> worker.complete(job);
                case 1 -> worker.fail(job);
                default -> worker.failWithException(job, new byte[1]);
            }
            answered.add(job);
        }
    }

    private void answerAgain(GearmanWorker worker, Random random) {
        if (!answered.isEmpty()) {
            AssignedJob job = answered.get(random.nextInt(answered.size()));
            worker.complete(job);
            worker.sendProgress(job, 1, 2);
        }
    }

    /** What the worker counts as held and asked for, once it has done what it was told. */
    private static int taken(GearmanWorker worker) throws Exception {
        CompletableFuture<Integer> taken = new CompletableFuture<>();
        WorkerCore core = worker.core();
        core.execute(
                () -> taken.complete(core.capacity().held() + core.capacity().asked()));
        return taken.get(10, TimeUnit.SECONDS);
    }
}
