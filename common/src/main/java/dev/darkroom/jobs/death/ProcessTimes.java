package dev.darkroom.jobs.death;

import java.time.Duration;
import java.time.Instant;

/** Whether a process still runs: a pid alone may have been given to another. */
final class ProcessTimes {

    /** Start times come in hundredths of a second, from a time of boot in whole seconds. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private ProcessTimes() {}

    /** In milliseconds since 1970; 0 when it is gone or the system does not say. */
    static long startTime(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(Instant::toEpochMilli)
                .orElse(0L);
    }

    /** Also where the system does not say when it started: better a death found late than one invented. */
    static boolean runs(long pid, long startTime) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
                && (startTime == 0 || isClose(startTime(pid), startTime));
    }

    private static boolean isClose(long found, long wanted) {
        return found == 0 || Math.abs(found - wanted) <= TOLERANCE.toMillis();
    }
}
