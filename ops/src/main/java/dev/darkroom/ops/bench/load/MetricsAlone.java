package dev.darkroom.ops.bench.load;

import com.codahale.metrics.Clock;
import com.codahale.metrics.MetricRegistry;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.watch.TypeMeters;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a worker's metrics take for a job, in a loop of their own: no process can be had without them. The end of each run is
 * counted, and the wait of every fifth, of which no more than some are asked for at full rate; all
 * lanes take turns.
 */
public final class MetricsAlone {

    private static final int RUNS = 2_000_000;
    private static final int ROUNDS = 7;
    private static final int WAIT_OF_EVERY = 5;
    private static final int MOST_MICROS = 1_024;

    private static final String[] LANES =
            IntStream.range(0, LoadJobs.LANES).mapToObj(LoadJobs::lane).toArray(String[]::new);

    private MetricsAlone() {}

    /** Microseconds of one core for a job: the median of some rounds, after one that warms up. */
    public static double micros() {
        TypeMeters meters =
                new TypeMeters(new MetricRegistry(), LoadProcess.DATABASE, LoadProcess.TYPE, Clock.defaultClock());
        round(meters);
        double[] rounds = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rounds[i] = round(meters);
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    private static double round(TypeMeters meters) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int run = 0; run < RUNS; run++) {
            String lane = LANES[run % LANES.length];
            if (run % WAIT_OF_EVERY == 0) {
                meters.waited(lane, run % MOST_MICROS);
            }
            meters.settled(lane, Settlement.DONE, run % MOST_MICROS);
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e3 / RUNS;
    }
}
