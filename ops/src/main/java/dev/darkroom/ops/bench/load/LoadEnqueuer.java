package dev.darkroom.ops.bench.load;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.NewFlow;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.telemetry.TraceContext;
import dev.darkroom.telemetry.TraceScope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Enqueues 1,000 a transaction, over two connections. */
final class LoadEnqueuer {

    private static final int BATCH = 1_000;
    private static final int CONNECTIONS = 2;
    private static final Duration UNTIL_ROOM = Duration.ofMillis(2);

    private final Ledger ledger;
    private final LoadJobs jobs;
    private final Set<Feature> features;
    private final SharedCount enqueued;
    private final AtomicInteger given = new AtomicInteger();

    /** @param enqueued is told how many have been committed */
    LoadEnqueuer(Ledger ledger, LoadJobs jobs, Set<Feature> features, SharedCount enqueued) {
        this.ledger = ledger;
        this.jobs = jobs;
        this.features = features;
        this.enqueued = enqueued;
    }

    /** So many, as fast as they go in. */
    void enqueue(int count) throws InterruptedException {
        onAllConnections(() -> {
            for (int from = given.getAndAdd(BATCH); from < count; from = given.getAndAdd(BATCH)) {
                commit(from, Math.min(count, from + BATCH));
            }
        });
    }

    /** As fast as they go in, but not while more than that wait, until it is told to stop. */
    void sustain(long backlog, LongSupplier done, BooleanSupplier stopped) throws InterruptedException {
        onAllConnections(() -> {
            while (!stopped.getAsBoolean()) {
                if (enqueued.get() - done.getAsLong() > backlog) {
                    Pause.SLEEP.pause(UNTIL_ROOM);
                } else {
                    int from = given.getAndAdd(BATCH);
                    commit(from, from + BATCH);
                }
            }
        });
    }

    private interface Share {
        void enqueue() throws InterruptedException;
    }

    private static void onAllConnections(Share share) throws InterruptedException {
        AtomicReference<Throwable> failed = new AtomicReference<>();
        Thread[] threads = new Thread[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            threads[i] = new Thread(
                    () -> {
                        try {
                            share.enqueue();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "enqueue-" + i);
            threads[i].setUncaughtExceptionHandler((thread, error) -> failed.set(error));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failed.get() != null) {
            throw new IllegalStateException("The jobs could not be enqueued", failed.get());
        }
    }

    private void commit(int from, int to) {
        List<NewJob> batch = IntStream.range(from, to)
                .mapToObj(number -> NewJob.now(jobs.make().apply(number)))
                .toList();
        ledger.inTransaction(transaction -> {
            enqueue(transaction, batch);
            return batch.size();
        });
        add(batch.size());
    }

    private void enqueue(JobTransaction transaction, List<NewJob> batch) {
        String trace = features.contains(Feature.TRACE) ? TraceContext.begin().header() : null;
        try (TraceScope scope = TraceScope.of(trace)) {
            if (features.contains(Feature.FLOW)) {
                transaction.enqueueFlow(new NewFlow(batch, null));
            } else {
                transaction.enqueue(batch);
            }
        }
    }

    private synchronized void add(int committed) {
        enqueued.set(enqueued.get() + committed);
    }
}
