package dev.darkroom.ops.bench.gearman;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.ops.bench.measure.SystemCalls;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * The measuring process of {@code bench submit} and {@code bench handout}: a JVM with the full compiler, which the command
 * line itself starts without. Prints one line a measured round.
 */
final class GearmanBenchProcess {

    private static final int WARM_UP_ROUNDS = 2;
    private static final int CONNECTIONS = 8;
    private static final int IN_FLIGHT = 16;

    private final ServerAddress server;
    private final String measure;
    private final int jobs;
    private final int payload;
    private final int window;
    private final int sharedThreads;
    private int serial;

    private GearmanBenchProcess(String[] arguments) {
        server = ServerAddress.parse(arguments[0]);
        measure = arguments[1];
        jobs = Integer.parseInt(arguments[2]);
        payload = Integer.parseInt(arguments[4]);
        window = Integer.parseInt(arguments[5]);
        sharedThreads = Integer.parseInt(arguments[6]);
    }

    public static void main(String[] arguments) throws Exception {
        GearmanBenchProcess bench = new GearmanBenchProcess(arguments);
        int rounds = Integer.parseInt(arguments[3]);
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            // Who begins changes, so that a trend over the rounds favours nobody.
            boolean first = round % 2 != 0;
            bench.round(first, round >= 0);
            bench.round(!first, round >= 0);
        }
    }

    private void round(boolean library, boolean measured) throws Exception {
        Workload load = new Workload("bench-" + ++serial, jobs, payload);
        GearmanRound result = switch (measure) {
            case "submit", "submit_together" -> {
                GearmanRound submit = timed(library, () -> submit(library, load));
                drain(false, load);
                yield submit;
            }
            case "handout" -> {
                submit(false, load);
                yield drain(library, load);
            }
            case "both" -> both(library, load);
            default -> throw new IllegalArgumentException("No such measure: " + measure);
        };
        int wrong = load.wrong();
        if (wrong > 0) {
            throw new IllegalStateException(wrong + " of " + jobs + " jobs were not handed out exactly once");
        }
        if (measured) {
            System.out.println(result.line());
        }
    }

    private void submit(boolean library, Workload load) throws IOException, InterruptedException {
        if (library && measure.equals("submit_together")) {
            LibraryRun.submitTogether(server, load, 0, jobs);
        } else if (library) {
            LibraryRun.submit(server, load, 0, jobs);
        } else {
            BareSubmitter.submit(server, load, window, 0, jobs);
        }
    }

    private GearmanRound drain(boolean library, Workload load) throws Exception {
        CountDownLatch done = new CountDownLatch(jobs);
        SystemCalls before = SystemCalls.now();
        long start = System.nanoTime();
        try (AutoCloseable workers = workers(library, load, done)) {
            done.await();
            return result(library, start, before);
        }
    }

    private GearmanRound both(boolean library, Workload load) throws Exception {
        CountDownLatch done = new CountDownLatch(jobs);
        try (AutoCloseable workers = workers(library, load, done)) {
            return timed(library, () -> {
                submit(library, load);
                done.await();
            });
        }
    }

    private AutoCloseable workers(boolean library, Workload load, CountDownLatch done) throws Exception {
        return library
                ? new LibraryRun.Workers(server, load, CONNECTIONS, IN_FLIGHT, sharedThreads, done)
                : BareWorkers.start(server, load, CONNECTIONS, IN_FLIGHT, done);
    }

    private interface Work {
        void run() throws Exception;
    }

    private GearmanRound timed(boolean library, Work work) throws Exception {
        SystemCalls before = SystemCalls.now();
        long start = System.nanoTime();
        work.run();
        return result(library, start, before);
    }

    private GearmanRound result(boolean library, long start, SystemCalls before) {
        double seconds = (System.nanoTime() - start) / 1e9;
        SystemCalls calls = SystemCalls.now().since(before);
        return new GearmanRound(
                measure, library, jobs / seconds, (double) calls.reads() / jobs, (double) calls.writes() / jobs);
    }
}
