package dev.darkroom.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Lets processes of this machine stand still and go on; one that has ended is passed over. */
public final class Signals {

    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);

    private static final char DEAD = 'X';

    /** Stopped, a zombie, dead. */
    private static final String STILL = "TZ" + DEAD;

    private Signals() {}

    /**
     * Returns when every thread of the process stands still. {@code SIGSTOP} alone does not say so: a thread that runs
     * on another processor goes on for a moment, and may answer what comes in it.
     */
    public static void stop(long pid) throws InterruptedException {
        send("STOP", pid);
        long deadline = System.nanoTime() + STOPPED_WITHIN.toNanos();
        while (!isStopped(pid)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Process " + pid + " still runs " + STOPPED_WITHIN + " after SIGSTOP");
            }
            Thread.sleep(1);
        }
    }

    /** Lets it go on after {@link #stop}. */
    public static void goOn(long pid) throws InterruptedException {
        send("CONT", pid);
    }

    private static void send(String signal, long pid) throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isStopped(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.allMatch(thread -> STILL.indexOf(state(thread)) >= 0);
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("Whether process " + pid + " stands still can't be read", e);
        }
    }

    /** The letter of a thread's state as in {@code proc_pid_stat(5)}: what follows the name in brackets. */
    private static char state(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return DEAD; // It has ended since it was listed.
        }
    }
}
