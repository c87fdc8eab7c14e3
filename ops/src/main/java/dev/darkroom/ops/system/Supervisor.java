package dev.darkroom.ops.system;

import dev.darkroom.embedded.EmbeddedServerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Starts parts, a few at a time, replaces those that die, and stops all, latest stage first. Thread-safe; once stopped it
 * starts nothing more.
 */
final class Supervisor {

    private final Semaphore starts;
    private final PartListener listener;
    private final List<Keeper> keepers = new ArrayList<>();
    private final Object stopLock = new Object();
    private boolean stopping;

    /** @param startsAtOnce how many parts that need the stores may be starting at the same time: each takes a core */
    Supervisor(int startsAtOnce, PartListener listener) {
        this.starts = new Semaphore(startsAtOnce, true);
        this.listener = listener;
    }

    /**
     * Returns when all are ready.
     *
     * @throws RuntimeException what kept one of them from becoming ready; the others run until {@link #stop()}
     */
    void start(List<Part> parts) {
        for (Keeper keeper : begin(parts)) {
            try {
                keeper.firstReady().join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : e;
            }
        }
    }

    /** Stops everything, all of a stage at once, and returns when nothing is left. */
    void stop() {
        // A second caller waits here until the first is done.
        synchronized (stopLock) {
            List<Keeper> left = takeAll();
            List<RuntimeException> failures = new ArrayList<>();
            Stage[] stages = Stage.values();
            for (int i = stages.length - 1; i >= 0; i--) {
                failures.addAll(stopAll(left, stages[i]));
            }
            if (!failures.isEmpty()) {
                failures.stream().skip(1).forEach(failures.get(0)::addSuppressed);
                throw failures.get(0);
            }
        }
    }

    private synchronized List<Keeper> begin(List<Part> parts) {
        if (stopping) {
            throw new OpsException("Stopped before everything was started.");
        }
        List<Keeper> added = parts.stream().map(this::keeper).toList();
        keepers.addAll(added);
        added.forEach(Keeper::begin);
        return added;
    }

    private Keeper keeper(Part part) {
        // What the others need to become ready must never wait for them.
        boolean limited = part.stage().compareTo(Stage.JOB_SERVER) > 0;
        return new Keeper(part, limited ? starts : new Semaphore(1), listener);
    }

    private synchronized List<Keeper> takeAll() {
        stopping = true;
        List<Keeper> left = List.copyOf(keepers);
        keepers.clear();
        return left;
    }

    private static List<RuntimeException> stopAll(List<Keeper> keepers, Stage stage) {
        Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = keepers.stream()
                .filter(keeper -> keeper.part().stage() == stage)
                .map(keeper -> new Thread(
                        () -> stop(keeper, failures), "stop/" + keeper.part().name()))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw OpsException.interrupted("stopping the system", e);
            }
        }
        return List.copyOf(failures);
    }

    private static void stop(Keeper keeper, Queue<RuntimeException> failures) {
        try {
            keeper.stop();
        } catch (OpsException | EmbeddedServerException e) {
            // The others have to be stopped all the same.
            failures.add(e);
        }
    }
}
