package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A child process that never outlives this one, even when this one is killed with {@code kill -9}: a small guard shell
 * shares the child's standard input, a pipe from this process, and stops the child when the pipe ends. The pid is the
 * child's own. Should the guard itself be killed, the child runs on under this process as before, and a child that
 * watches its standard input (as our JVM mains do) still ends with it. Thread-safe.
 */
public final class GuardedProcess {

    /** How long a child may take to stop after its starter died, before it is killed. */
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    /** Waits for the end of its input, then for the child's; arguments: the child's pid, signal, tenths of a second. */
    private static final String GUARD = """
            trap '' HUP INT TERM
            cd /
            while read -r line; do :; done
            kill -s "$2" "$1" || exit
            tenths=$3
            while kill -s 0 "$1" && [ "$tenths" -gt 0 ]; do sleep 0.1; tenths=$((tenths - 1)); done
            kill -s KILL "$1"
            """;

    /**
     * The shell leaves a guard behind and becomes the command. Both share a process group whose number is the child's
     * pid, so that the system can't give this pid to another process while the guard lives.
     */
    private static final String LAUNCH = """
            guard=$1; signal=$2; tenths=$3; shift 3
            exec 3<&0
            ( sh -c "$guard" darkroom-guard $$ "$signal" "$tenths" <&3 3<&- >/dev/null 2>&1 & )
            exec "$@" <&3 3<&-
            """;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration REAPING = Duration.ofSeconds(10);

    private final Process process;
    private final StopSignal stopSignal;
    private final ChildLog log;

    private GuardedProcess(Process process, StopSignal stopSignal, ChildLog log) {
        this.process = process;
        this.stopSignal = stopSignal;
        this.log = log;
    }

    /** Starts with {@link StopSignal#TERM} and {@link #DEFAULT_GRACE}. */
    public static GuardedProcess start(List<String> command, Map<String, String> environment, Path logFile) {
        return start(command, environment, logFile, StopSignal.TERM, DEFAULT_GRACE);
    }

    /**
     * Returns as soon as the child is launched.
     *
     * @param command program and arguments; a program that does not exist shows as exit code 127
     * @param environment added to this process's own
     * @param logFile where output and errors are appended; its folder is created
     * @param stopSignal what asks the child to stop
     * @param grace from that signal to the kill, when this process has died
     */
    public static GuardedProcess start(
            List<String> command,
            Map<String, String> environment,
            Path logFile,
            StopSignal stopSignal,
            Duration grace) {
        try {
            Files.createDirectories(logFile.toAbsolutePath().getParent());
            ChildLog log = ChildLog.from(logFile);
            ProcessBuilder builder = new ProcessBuilder(guarded(command, stopSignal, grace))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
            builder.environment().putAll(environment);
            return new GuardedProcess(builder.start(), stopSignal, log);
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "Could not start " + command.get(0) + " with its log in " + logFile + ": " + e.getMessage(), e);
        }
    }

    /** The pid of the command itself, not of a shell around it. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when the child ends for whatever reason; 128 and more name a signal. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /**
     * Asks the child to stop and waits.
     *
     * @param grace how long to wait before the child is killed
     * @return whether it stopped in time by itself
     */
    public boolean terminate(Duration grace) {
        signal();
        try {
            if (process.waitFor(grace.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
            kill();
            return false;
        } catch (InterruptedException e) {
            kill();
            throw EmbeddedServerException.interrupted("stopping process " + pid(), e);
        }
    }

    /** Kills the child and its descendants with SIGKILL and waits until it is gone. */
    public void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        try {
            if (!process.waitFor(REAPING.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new EmbeddedServerException(
                        "Process " + pid() + " is still there " + REAPING.toSeconds() + " s after SIGKILL.");
            }
        } catch (InterruptedException e) {
            throw EmbeddedServerException.interrupted("killing process " + pid(), e);
        }
    }

    /**
     * Waits for a line of the child's log, such as the one that says it is ready.
     *
     * @return the first line that matches, empty when none came in time
     * @throws EmbeddedServerException with the log's last lines when the child ends before
     */
    public Optional<String> awaitLogLine(Predicate<String> matches, Duration timeout) {
        long start = System.nanoTime();
        while (true) {
            boolean ended = endsWithin(LOOK_AGAIN);
            Optional<String> line = log.lines().stream().filter(matches).findFirst();
            if (line.isPresent()) {
                return line;
            }
            if (ended) {
                throw ended("Process " + pid());
            }
            if (System.nanoTime() - start > timeout.toNanos()) {
                return Optional.empty();
            }
        }
    }

    /** What the child wrote last: at most so many lines, none from earlier runs on the same file. */
    public List<String> logTail(int lines) {
        return log.tail(lines);
    }

    /** The failure to throw when the child ended though it should not: exit code and the log's last lines. */
    public EmbeddedServerException ended(String what) {
        return new EmbeddedServerException(
                what + " ended with exit code " + process.exitValue() + ". " + log.describeTail());
    }

    /** Of a child that has ended. */
    int exitCode() {
        return process.exitValue();
    }

    ChildLog log() {
        return log;
    }

    /** Waits that long for the end: a pause that a dying child cuts short. */
    boolean endsWithin(Duration wait) {
        try {
            process.onExit().get(wait.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw EmbeddedServerException.interrupted("waiting for process " + pid(), e);
        }
    }

    private void signal() {
        if (stopSignal == StopSignal.TERM) {
            // Process.destroy would also close the pipe, and the guard's shorter grace would begin.
            process.toHandle().destroy();
        } else if (process.isAlive()) {
            Signals.send(stopSignal, pid());
        }
    }

    private static List<String> guarded(List<String> command, StopSignal stopSignal, Duration grace) {
        List<String> guarded = new ArrayList<>(newSession());
        String tenths = String.valueOf(grace.toMillis() / 100);
        guarded.addAll(List.of("sh", "-c", LAUNCH, "launch", GUARD, stopSignal.name(), tenths));
        guarded.addAll(command);
        return guarded;
    }

    /** A session of its own keeps a Ctrl-C meant for the starter away from the child; macOS has no setsid program. */
    private static List<String> newSession() {
        if (Executables.onPath("setsid").isPresent()) {
            return List.of("setsid");
        }
        return Executables.onPath("perl").isPresent()
                ? List.of("perl", "-e", "use POSIX 'setsid'; setsid(); exec @ARGV or exit 127")
                : List.of();
    }
}
