package dev.darkroom.ops.system;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one part running, on a thread of its own: starts it, waits for its end, starts it again. A part that can't be
 * started the first time fails {@link #firstReady()}; later it is tried until {@link #stop()}.
 */
final class Keeper {

    private static final int TOLD_LINES = 2;
    private static final int LONGEST_LINE = 200;

    private final Part part;
    private final Semaphore starts;
    private final PartListener listener;
    private final Thread thread;
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final RestartDelay delay = new RestartDelay();
    private final Object lock = new Object();
    private @Nullable RunningPart running;

    /** @param starts permits to start: limits how many parts do so at once */
    Keeper(Part part, Semaphore starts, PartListener listener) {
        this.part = part;
        this.starts = starts;
        this.listener = listener;
        this.thread = new Thread(this::keep, "keeper/" + part.name());
    }

    Part part() {
        return part;
    }

    void begin() {
        thread.start();
    }

    CompletableFuture<Void> firstReady() {
        return firstReady;
    }

    /** Stops the part and waits until it is gone. The part is not started again. */
    void stop() {
        RunningPart current;
        synchronized (lock) {
            stopping.countDown();
            current = running;
            if (current == null) {
                thread.interrupt();
            }
        }
        if (current != null) {
            current.stop();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw OpsException.interrupted("stopping " + part.name(), e);
        }
    }

    private void keep() {
        boolean again = false;
        while (!isStopping()) {
            long start = System.nanoTime();
            String reason = runOnce(again);
            if (isStopping() || firstReady.isCompletedExceptionally()) {
                break;
            }
            Duration wait = delay.after(Duration.ofNanos(System.nanoTime() - start));
            listener.died(part.name(), reason, wait);
            again = true;
            if (isStoppedWithin(wait)) {
                break;
            }
        }
        firstReady.completeExceptionally(new OpsException(part.name() + " was stopped before it was ready."));
    }

    /** Returns why the part ended. */
    private String runOnce(boolean again) {
        RunningPart started;
        try {
            started = start();
        } catch (RuntimeException e) {
            // Whatever kept it from starting, the system goes on without it and tries again.
            firstReady.completeExceptionally(e);
            return "it could not be started: " + OneLine.of(e);
        }
        if (!publish(started)) {
            started.stop();
            return "it was stopped";
        }
        listener.ready(part.name(), started, again);
        firstReady.complete(null);
        int code = started.onExit().join();
        listener.ended(part.name(), started.pid(), code);
        publish(null);
        started.stop();
        return reason(code, started.lastLines(TOLD_LINES));
    }

    private RunningPart start() {
        try {
            starts.acquire();
            try {
                return part.start().start();
            } finally {
                starts.release();
            }
        } catch (InterruptedException e) {
            throw OpsException.interrupted("waiting to start " + part.name(), e);
        }
    }

    /** False when a stop came first. */
    private boolean publish(@Nullable RunningPart current) {
        synchronized (lock) {
            running = current;
            return !isStopping();
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private boolean isStoppedWithin(Duration wait) {
        try {
            return stopping.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Only stop() interrupts.
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String reason(int code, List<String> lines) {
        String ending = code > 128 ? "killed by signal " + (code - 128) : "exit code " + code;
        String words = lines.stream().map(Keeper::shortened).collect(Collectors.joining(" | "));
        return words.isEmpty() ? ending : ending + "; its last words: " + words;
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
    }
}
