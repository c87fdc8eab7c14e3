package dev.darkroom.ops.bench.gearman;

import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.client.SubmissionListener;
import dev.darkroom.gearman.connection.EventLoops;
import dev.darkroom.gearman.worker.GearmanWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** What is measured: {@link GearmanClient} and {@link GearmanWorker} at the same work as the bare sockets. */
final class LibraryRun {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Jobs submitted by one call. */
    private static final int TOGETHER = 500;

    /** Half of what a client lets be in flight: it gives room back by the read, a little after it has told of the answers. */
    private static final int IN_FLIGHT = 4_000;

    private LibraryRun() {}

    /** Submits jobs number {@code first} to {@code last - 1} and returns when all are answered. */
    @SuppressWarnings("FutureReturnValueIgnored") // The latch is what is waited for.
    static void submit(ServerAddress server, Workload load, int first, int last) throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(last - first);
        AtomicInteger failed = new AtomicInteger();
        try (GearmanClient client =
                GearmanClient.builder().servers(List.of(server)).build()) {
            client.awaitConnected(PATIENCE);
            for (int i = first; i < last; i++) {
                client.submitBackgroundWaiting(new Submission(load.function(), Workload.key(i), load.payload(i)))
                        .whenComplete((handle, failure) -> {
                            if (failure != null) {
                                failed.incrementAndGet();
                            }
                            answered.countDown();
                        });
            }
            answered.await();
        }
        require(failed);
    }

    /** As {@link #submit}, {@value #TOGETHER} jobs by each call. */
    static void submitTogether(ServerAddress server, Workload load, int first, int last) throws InterruptedException {
        AtomicInteger failed = new AtomicInteger();
        Semaphore room = new Semaphore(IN_FLIGHT);
        SubmissionListener listener = new SubmissionListener() {
            @Override
            public void submitted(int index) {
                room.release();
            }

            @Override
            public void failed(int index, GearmanException cause) {
                failed.incrementAndGet();
                room.release();
            }
        };
        try (GearmanClient client =
                GearmanClient.builder().servers(List.of(server)).build()) {
            client.awaitConnected(PATIENCE);
            for (int from = first; from < last; from += TOGETHER) {
                int to = Math.min(last, from + TOGETHER);
                List<Submission> submissions = new ArrayList<>(to - from);
                for (int i = from; i < to; i++) {
                    submissions.add(new Submission(load.function(), Workload.key(i), load.payload(i)));
                }
                room.acquire(to - from);
                client.submitBackground(submissions, listener);
            }
            room.acquire(IN_FLIGHT);
        }
        require(failed);
    }

    private static void require(AtomicInteger failed) {
        if (failed.get() > 0) {
            throw new IllegalStateException(failed.get() + " submissions failed");
        }
    }

    /** Workers of one connection each, on threads of their own or on shared ones. */
    static final class Workers implements AutoCloseable {

        private final List<AutoCloseable> opened = new ArrayList<>();

        /**
         * @param capacity of each worker
         * @param sharedThreads 0 for a thread a worker
         * @param done counted down with each job
         */
        Workers(
                ServerAddress server,
                Workload load,
                int connections,
                int capacity,
                int sharedThreads,
                CountDownLatch done) {
            EventLoops loops = sharedThreads == 0 ? null : new EventLoops(sharedThreads);
            if (loops != null) {
                opened.add(loops);
            }
            for (int i = 0; i < connections; i++) {
                CompletableFuture<GearmanWorker> self = new CompletableFuture<>();
                GearmanWorker.Builder builder = GearmanWorker.builder()
                        .servers(List.of(server))
                        .capacity(capacity)
                        .receiver(job -> {
                            load.handedOut(job.payload(), 0);
                            self.join().complete(job);
                            done.countDown();
                        });
                if (loops != null) {
                    builder.eventLoops(loops);
                }
                GearmanWorker worker = builder.build();
                self.complete(worker);
                worker.addFunction(load.function());
                opened.add(worker);
            }
        }

        @Override
        public void close() throws Exception {
            for (int i = opened.size() - 1; i >= 0; i--) {
                opened.get(i).close();
            }
        }
    }
}
