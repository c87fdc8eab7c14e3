package dev.darkroom.jobs.run;

import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.worker.GearmanWorker;
import dev.darkroom.jobs.pulse.Pulse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks after a worker's handler threads, and asks its connections' thread whether it still comes round. One thread. */
final class Upkeep implements Runnable {

    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final JobThreads threads;
    private final Supplier<@Nullable GearmanWorker> gearman;
    private final Pulse connections;
    private final BooleanSupplier stopped;
    private final Pause pause;
    private CompletableFuture<Void> turned = CompletableFuture.completedFuture(null);

    Upkeep(
            JobThreads threads,
            Supplier<@Nullable GearmanWorker> gearman,
            Pulse connections,
            BooleanSupplier stopped,
            Pause pause) {
        this.threads = threads;
        this.gearman = gearman;
        this.connections = connections;
        this.stopped = stopped;
        this.pause = pause;
    }

    @Override
    public void run() {
        try {
            while (!stopped.getAsBoolean()) {
                pause.pause(INTERVAL);
                threads.lookAfter();
                probe();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.end();
        }
    }

    /** Asked again only when it has answered. */
    private void probe() {
        GearmanWorker worker = gearman.get();
        if (worker != null && turned.isDone()) {
            connections.beat();
            turned = worker.turn();
        }
    }
}
