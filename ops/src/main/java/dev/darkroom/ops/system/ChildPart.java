package dev.darkroom.ops.system;

import dev.darkroom.embedded.EmbeddedServerException;
import dev.darkroom.embedded.GuardedProcess;
import dev.darkroom.embedded.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A program of ours that says {@code ready …} on its output when it is. Thread-safe. */
record ChildPart(GuardedProcess process, Duration stopWithin) implements RunningPart {

    /** What a child may take to end after this process was killed; its jobs come back by lease. */
    private static final Duration GRACE_OF_ORPHANS = Duration.ofSeconds(5);

    /**
     * What to run.
     *
     * @param environment added to this process's own
     * @param log appended to
     * @param readyWithin from the start to the line that says so
     * @param stopWithin from SIGTERM to SIGKILL
     */
    record Program(
            List<String> command,
            Map<String, String> environment,
            Path log,
            Duration readyWithin,
            Duration stopWithin) {}

    /** Starts the program and waits until it is ready. */
    static RunningPart start(String name, Program program) {
        GuardedProcess process = GuardedProcess.start(
                program.command(), program.environment(), program.log(), StopSignal.TERM, GRACE_OF_ORPHANS);
        boolean ready = false;
        try {
            Optional<String> line = process.awaitLogLine(text -> text.startsWith("ready"), program.readyWithin());
            ready = line.isPresent();
        } catch (EmbeddedServerException e) {
            throw process.isAlive() ? e : process.ended(name);
        } finally {
            if (!ready) {
                kill(process);
            }
        }
        if (!ready) {
            throw new OpsException(
                    name + " was not ready within " + program.readyWithin().toSeconds() + " s: see " + program.log());
        }
        return new ChildPart(process, program.stopWithin());
    }

    /** Waits for the end even where an interrupt is what ended the start. */
    private static void kill(GuardedProcess process) {
        boolean interrupted = Thread.interrupted();
        try {
            process.kill();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        return process.onExit();
    }

    @Override
    public void stop() {
        if (process.isAlive()) {
            process.terminate(stopWithin);
        }
    }

    @Override
    public List<String> lastLines(int count) {
        return process.logTail(count);
    }
}
