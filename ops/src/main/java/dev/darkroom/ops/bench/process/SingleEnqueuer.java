package dev.darkroom.ops.bench.process;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Commits one job a transaction from many threads at once, as an API's connections do. Rounds are asked for on standard
 * input, a line of so many milliseconds each, and answered by a line {@code committed N p50 MICROS p99 MICROS nanos N}.
 */
final class SingleEnqueuer {

    private SingleEnqueuer() {}

    /** A thread's commits, in nanoseconds each. */
    private static long[] commits(Ledger ledger, Supplier<Job> jobs, long until) {
        LongStream.Builder took = LongStream.builder();
        for (long begin = System.nanoTime(); begin < until; ) {
            ledger.inTransaction(transaction -> {
                transaction.enqueue(jobs.get());
                return true;
            });
            long end = System.nanoTime();
            took.add(end - begin);
            begin = end;
        }
        return took.build().toArray();
    }

    /** One round. */
    static String round(Ledger ledger, Supplier<Job> jobs, int threads, Duration length)
            throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long begin = System.nanoTime();
            long until = begin + length.toNanos();
            List<Callable<long[]>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                tasks.add(() -> commits(ledger, jobs, until));
            }
            List<long[]> took = new ArrayList<>();
            for (Future<long[]> task : executor.invokeAll(tasks)) {
                took.add(task.get());
            }
            return line(took, System.nanoTime() - begin);
        } finally {
            executor.shutdownNow();
        }
    }

    private static String line(List<long[]> took, long nanos) {
        long[] sorted = took.stream().flatMapToLong(LongStream::of).sorted().toArray();
        return "committed " + sorted.length + " p50 " + micros(sorted, 0.5) + " p99 " + micros(sorted, 0.99) + " nanos "
                + nanos;
    }

    private static long micros(long[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * part)] / 1_000;
    }
}
