package dev.darkroom.ops.bench.sustained;

import dev.darkroom.clock.Pause;
import dev.darkroom.embedded.GuardedProcess;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.ops.bench.drain.BenchLedger;
import dev.darkroom.ops.bench.drain.LoadParts;
import dev.darkroom.ops.bench.load.Feature;
import dev.darkroom.ops.bench.load.LoadProcess;
import dev.darkroom.ops.bench.servers.BenchServers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.ds.PGSimpleDataSource;

/** The steps of {@code bench sustained}. */
final class SustainedBench {

    /** For the backlog to be done, and for the heartbeats to tell. */
    private static final Duration LAST = Duration.ofMinutes(5);

    private static final Duration ENQUEUER = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final BenchServers servers;
    private final SustainedPlan plan;

    /** Hears of each sample. */
    interface Listener {
        void sampled(Sample sample) throws IOException;
    }

    SustainedBench(BenchServers servers, SustainedPlan plan) {
        this.servers = servers;
        this.plan = plan;
    }

    SustainedResult run(Listener listener) throws SQLException, IOException, InterruptedException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(servers.jdbcUrl());
        LedgerSchema.migrate(source, LoadProcess.DATABASE);
        try (Connection connection = DriverManager.getConnection(servers.jdbcUrl());
                LoadParts parts = new LoadParts(servers, "sustained", Feature.always())) {
            BenchLedger ledger = new BenchLedger(connection);
            parts.startDrainers();
            ledger.awaitDrainers(parts, LoadParts.WORKERS);
            GuardedProcess enqueuer = parts.sustain(plan.backlog());
            awaitFirst(parts);
            List<Sample> samples = samples(parts, new SustainedSampler(servers, parts, ledger), listener);
            parts.stopEnqueuing();
            awaitEnd(enqueuer);
            long enqueued = parts.enqueued();
            awaitDone(ledger, enqueued);
            return new SustainedResult(enqueued, ledger.done(), ledger.left(), Drift.of(samples, plan.warmUp()));
        }
    }

    private static void awaitFirst(LoadParts parts) throws InterruptedException {
        while (parts.enqueued() == 0) {
            parts.requireAlive();
            Pause.SLEEP.pause(LOOK_AGAIN);
        }
    }

    private List<Sample> samples(LoadParts parts, SustainedSampler sampler, Listener listener)
            throws SQLException, IOException, InterruptedException {
        List<Sample> samples = new ArrayList<>();
        long start = System.nanoTime();
        for (long due = plan.every().toNanos();
                due <= plan.length().toNanos();
                due += plan.every().toNanos()) {
            long left = due - (System.nanoTime() - start);
            if (left > 0) {
                Pause.SLEEP.pause(Duration.ofNanos(left));
            }
            parts.requireAlive();
            Sample sample = sampler.take();
            samples.add(sample);
            listener.sampled(sample);
        }
        return samples;
    }

    private static void awaitEnd(GuardedProcess enqueuer) throws InterruptedException {
        try {
            int code = enqueuer.onExit().get(ENQUEUER.toSeconds(), TimeUnit.SECONDS);
            if (code != 0) {
                throw enqueuer.ended("The enqueuer");
            }
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("The enqueuer did not stop within " + ENQUEUER, e);
        }
    }

    private static void awaitDone(BenchLedger ledger, long enqueued) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + LAST.toNanos();
        while ((ledger.done() < enqueued || ledger.left() > 0) && System.nanoTime() - deadline < 0) {
            Pause.SLEEP.pause(LOOK_AGAIN);
        }
    }
}
