package dev.darkroom.ops.demo;

import dev.darkroom.ops.system.OpsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Several calls of the API at once. */
final class Parallel {

    /** So many keep the API busy; it builds no more than 16 feeds at once, and has the same cores. */
    static final int READERS = Math.min(16, 4 * Runtime.getRuntime().availableProcessors());

    private Parallel() {}

    /** Runs all, so many at a time; the results are in the order of the tasks. The first failure is thrown. */
    static <T> List<T> run(String name, int atOnce, List<? extends Callable<T>> tasks) {
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(
                atOnce, work -> new Thread(work, "demo/" + name + "-" + number.incrementAndGet()));
        try {
            List<Future<T>> futures = tasks.stream().map(threads::submit).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new OpsException("The demo failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpsException("Interrupted.", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
