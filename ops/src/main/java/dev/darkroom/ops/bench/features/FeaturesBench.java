package dev.darkroom.ops.bench.features;

import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.admin.FunctionStatus;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.ops.bench.drain.BenchLedger;
import dev.darkroom.ops.bench.drain.LoadParts;
import dev.darkroom.ops.bench.load.LoadProcess;
import dev.darkroom.ops.bench.measure.CostMeter;
import dev.darkroom.ops.bench.measure.JobCost;
import dev.darkroom.ops.bench.servers.BenchServers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.postgresql.ds.PGSimpleDataSource;

/** The steps of {@code bench features}, each in new processes on the same servers. */
final class FeaturesBench {

    /** Until then the compilers of the new processes take most of what they take. */
    private static final double FROM = 1.0 / 3;

    /** From then on the queue may run dry now and then. */
    private static final double TO = 0.9;

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final BenchServers servers;
    private final int jobs;
    private final Consumer<String> progress;

    FeaturesBench(BenchServers servers, int jobs, Consumer<String> progress) {
        this.servers = servers;
        this.jobs = jobs;
        this.progress = progress;
    }

    /** All steps in turn, as often as there are rounds, so that what changes with time touches all of them. */
    List<FeatureRow> run(List<FeatureStep> steps, int rounds) throws SQLException, IOException, InterruptedException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(servers.jdbcUrl());
        LedgerSchema.migrate(source, LoadProcess.DATABASE);
        Map<String, List<FeatureRun>> runs = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(servers.jdbcUrl())) {
            BenchLedger ledger = new BenchLedger(connection);
            for (int round = 1; round <= rounds; round++) {
                for (int i = 0; i < steps.size(); i++) {
                    FeatureStep step = steps.get(i);
                    progress.accept("round %d of %d, step %d of %d: %s"
                            .formatted(round, rounds, i + 1, steps.size(), step.name()));
                    FeatureRun run = measure(ledger, step, "round-" + round + "-step-" + (i + 1));
                    runs.computeIfAbsent(step.name(), name -> new ArrayList<>()).add(run);
                }
            }
        }
        return FeatureRow.of(steps, runs);
    }

    private FeatureRun measure(BenchLedger ledger, FeatureStep step, String name)
            throws SQLException, IOException, InterruptedException {
        ledger.startAfresh();
        try (LoadParts parts = new LoadParts(servers, name, step.features())) {
            double enqueueRate = parts.enqueue(jobs);
            parts.startDrainers();
            CostMeter meter = parts.meter(ledger.connection());
            await(parts, () -> parts.done() >= jobs * FROM);
            Moment from = new Moment(System.nanoTime(), parts.done(), meter.read());
            await(parts, () -> parts.done() >= jobs * TO);
            Moment to = new Moment(System.nanoTime(), parts.done(), meter.read());
            await(parts, () -> parts.done() >= jobs);
            awaitAcknowledged(parts);
            if (ledger.left() > 0 || parts.done() != jobs) {
                throw new IllegalStateException("Of %,d jobs the workers did %,d, and %,d are left: %s"
                        .formatted(jobs, parts.done(), ledger.left(), step.name()));
            }
            return to.since(from, enqueueRate);
        }
    }

    private record Moment(long nanos, long done, CostMeter.Reading cost) {

        FeatureRun since(Moment from, double enqueueRate) {
            long jobs = Math.max(1, done - from.done);
            double seconds = Math.max(1, nanos - from.nanos) / 1e9;
            return new FeatureRun(jobs / seconds, enqueueRate, JobCost.between(from.cost, cost, jobs));
        }
    }

    /** What the job server still has would come to the next step's workers. */
    private void awaitAcknowledged(LoadParts parts) throws InterruptedException {
        try (GearmanAdmin admin = new GearmanAdmin(servers.gearman())) {
            await(parts, () -> {
                FunctionStatus function = admin.status().get(LoadProcess.TYPE);
                return function == null || function.total() == 0;
            });
        }
    }

    private static void await(LoadParts parts, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            parts.requireAlive();
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("After " + LONGEST + " only " + parts.done() + " jobs are done");
            }
            Pause.SLEEP.pause(LOOK_AGAIN);
        }
    }
}
