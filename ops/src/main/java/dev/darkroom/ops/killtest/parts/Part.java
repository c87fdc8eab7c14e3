package dev.darkroom.ops.killtest.parts;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A process of the test that is killed, stopped, and started again under the same name. Thread-safe. */
public final class Part {

    private static final Duration GONE = Duration.ofSeconds(20);

    private final Role role;
    private final String name;
    private final Launcher launcher;
    private final LongConsumer beforeKill;
    private @Nullable RunningProcess running;
    private boolean suspended;

    /** Starts the part and returns when it is as ready as whoever uses it needs it to be. */
    interface Launcher {
        RunningProcess launch() throws InterruptedException;
    }

    Part(Role role, String name, Launcher launcher) {
        this(role, name, launcher, pid -> {});
    }

    /** @param beforeKill is given the pid of the process that is about to be killed */
    Part(Role role, String name, Launcher launcher, LongConsumer beforeKill) {
        this.role = role;
        this.name = name;
        this.launcher = launcher;
        this.beforeKill = beforeKill;
    }

    public Role role() {
        return role;
    }

    public String name() {
        return name;
    }

    public synchronized void start() throws InterruptedException {
        suspended = false;
        running = launcher.launch();
    }

    /** Neither gone nor stopped. */
    public synchronized boolean isUp() {
        return !suspended && isRunning();
    }

    /** Whether the process exists, stopped or not. */
    public synchronized boolean isRunning() {
        return running != null && !running.onExit().isDone();
    }

    /** The pid of the last process. */
    public synchronized long pid() {
        return running == null ? -1 : running.pid();
    }

    /** {@code kill -9}; returns when it is gone, false if it was not there to be killed. */
    public synchronized boolean kill() throws InterruptedException {
        RunningProcess process = running;
        if (process == null || !isRunning()) {
            return false;
        }
        beforeKill.accept(process.pid());
        // A server that forks must stand still while its children are listed: one that was missed would hold on to what
        // they share.
        Signals.send("STOP", process.pid());
        Signals.send("KILL", process.pid());
        awaitEnd(process);
        return true;
    }

    /** {@code SIGSTOP} to the process and its children; false if it was not there to be stopped. */
    public synchronized boolean suspend() throws InterruptedException {
        if (running == null || !isUp()) {
            return false;
        }
        Signals.send("STOP", running.pid());
        suspended = true;
        return true;
    }

    /** {@code SIGCONT}. */
    public synchronized void resume() throws InterruptedException {
        if (running != null && suspended) {
            Signals.send("CONT", running.pid());
            suspended = false;
        }
    }

    /** Asks the process to end in good order and waits for it. */
    public synchronized void end() throws InterruptedException {
        if (running != null && isRunning()) {
            resume();
            Signals.send("TERM", running.pid());
            awaitEnd(running);
        }
    }

    private void awaitEnd(RunningProcess process) throws InterruptedException {
        try {
            process.onExit().get(GONE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    name + ", process " + process.pid() + ", does not end within " + GONE.toSeconds() + " s", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
