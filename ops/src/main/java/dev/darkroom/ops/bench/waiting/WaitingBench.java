package dev.darkroom.ops.bench.waiting;

import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.admin.FunctionStatus;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.ops.bench.drain.Drainers;
import dev.darkroom.ops.bench.measure.CostMeter;
import dev.darkroom.ops.bench.measure.JobCost;
import dev.darkroom.ops.bench.measure.Pss;
import dev.darkroom.ops.bench.measure.Series;
import dev.darkroom.ops.bench.process.CommitProcess;
import dev.darkroom.ops.bench.process.TurningJob;
import dev.darkroom.ops.bench.servers.BenchServers;
import dev.darkroom.ops.terminal.Progress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The steps of {@code bench waiting} for one number of waiting jobs. While jobs are done, each is followed by another of its
 * lane, committed with it: so as many wait at the end as at the beginning, ten thousand never run dry, and each number of
 * waiting jobs does the same work, which is that of enqueueing and of dispatching.
 */
final class WaitingBench {

    private static final int CONNECTIONS = 16;
    private static final int PROBES = 10;
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final BenchServers servers;
    private final Connection connection;
    private final WaitingLedger ledger;
    private final int lanes;
    private final Duration length;
    private final Duration warmUp;

    /** @param length of each measurement */
    WaitingBench(BenchServers servers, Connection connection, WaitingLedger ledger, int lanes, Duration length) {
        this.servers = servers;
        this.connection = connection;
        this.ledger = ledger;
        this.lanes = lanes;
        this.length = length;
        this.warmUp = length.compareTo(LONGEST_WARM_UP) < 0 ? length : LONGEST_WARM_UP;
    }

    WaitingLevel run(long waiting, Progress progress) throws SQLException, IOException, InterruptedException {
        String name = String.format(Locale.ROOT, "%,d waiting", waiting);
        int[] next = {0};
        double fillRate =
                ledger.fill(name, waiting, () -> NewJob.now(new TurningJob(next[0]++ % lanes, true)), progress);
        progress.say(name + ": filled with " + Math.round(fillRate) + " jobs/s");
        ledger.settle();
        progress.say(name + ": one job a transaction over " + CONNECTIONS + " connections");
        CommitProcess.Round enqueue = enqueue();
        ledger.settle();
        progress.say(name + ": relay and " + Drainers.WORKERS + " workers");
        WaitingLevel.Dispatch dispatch;
        WaitingLevel.Probes probes;
        try (Drainers drainers = new Drainers(servers, "turn")) {
            dispatch = dispatch(drainers);
            progress.say(name + ": single jobs of another lane");
            probes = probes();
        }
        return new WaitingLevel(waiting, fillRate, enqueue, dispatch, probes, waiting - ledger.waiting());
    }

    /** What it enqueues is taken away again, so that each step has as many jobs waiting as were asked for. */
    private CommitProcess.Round enqueue() throws SQLException, IOException {
        long before = ledger.enqueuedSoFar();
        CommitProcess.Round round;
        try (CommitProcess process =
                new CommitProcess(servers.folder(), servers.jdbcUrl(), CONNECTIONS, Integer.toString(lanes))) {
            process.round(warmUp);
            round = process.round(length);
        }
        ledger.deleteSince(before);
        return round;
    }

    private WaitingLevel.Dispatch dispatch(Drainers drainers) throws SQLException, IOException, InterruptedException {
        awaitFirst(drainers);
        Pause.SLEEP.pause(warmUp);
        CostMeter meter = drainers.meter(connection);
        long mostHeld = 0;
        long jobs = -ledger.enqueuedSoFar();
        CostMeter.Reading first = meter.read();
        long begin = System.nanoTime();
        try (GearmanAdmin admin = new GearmanAdmin(servers.gearman())) {
            while (System.nanoTime() - begin < length.toNanos()) {
                FunctionStatus held = admin.status().get(TurningJob.TYPE.name());
                mostHeld = Math.max(mostHeld, held == null ? 0 : held.total());
                Pause.SLEEP.pause(LOOK);
            }
        }
        jobs += ledger.enqueuedSoFar();
        double seconds = (System.nanoTime() - begin) / 1e9;
        JobCost cost = JobCost.between(first, meter.read(), Math.max(1, jobs));
        drainers.requireAlive();
        return new WaitingLevel.Dispatch(jobs / seconds, cost, memory(drainers), mostHeld);
    }

    private void awaitFirst(Drainers drainers) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + READY.toNanos();
        long before = ledger.enqueuedSoFar();
        while (ledger.enqueuedSoFar() == before) {
            drainers.requireAlive();
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "No job was done within " + READY + "; the logs are in " + servers.folder());
            }
            Pause.SLEEP.pause(LOOK);
        }
    }

    private Map<String, Long> memory(Drainers drainers) throws IOException {
        Map<String, Long> memory = new LinkedHashMap<>();
        memory.put("relay", Math.round(Pss.of(drainers.relayPid())));
        memory.put("job_server", Math.round(Pss.of(servers.jobServerPid())));
        int number = 0;
        for (long pid : drainers.workerPids()) {
            memory.put("worker_" + ++number, Math.round(Pss.of(pid)));
        }
        return memory;
    }

    private WaitingLevel.Probes probes() throws SQLException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int probe = 0; probe < PROBES; probe++) {
            millis.add(ledger.probe(lanes));
        }
        Series series = Series.of(millis);
        return new WaitingLevel.Probes(series.median(), series.max());
    }
}
