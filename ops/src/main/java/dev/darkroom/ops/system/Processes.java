package dev.darkroom.ops.system;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Processes of this machine, told apart by pid and time of start: a pid alone may have been given to another. */
final class Processes {

    /** Start times come in hundredths of a second, from a time of boot in whole seconds. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private Processes() {}

    /** When it started, in milliseconds since 1970; 0 when it is gone or the system does not say. */
    static long startTime(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(Instant::toEpochMilli)
                .orElse(0L);
    }

    /** The process, if it still runs and is the one that started then. */
    static Optional<ProcessHandle> find(long pid, long startTime) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> Math.abs(start.toEpochMilli() - startTime) <= TOLERANCE.toMillis())
                        .orElse(false));
    }

    /** Whether it ended in time. */
    static boolean awaitEnd(ProcessHandle process, Duration timeout) {
        CompletableFuture<ProcessHandle> end = process.onExit();
        try {
            end.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw OpsException.interrupted("waiting for process " + process.pid(), e);
        }
    }
}
