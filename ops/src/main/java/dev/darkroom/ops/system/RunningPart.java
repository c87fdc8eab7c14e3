package dev.darkroom.ops.system;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A part that was ready. Thread-safe. */
interface RunningPart {

    long pid();

    /** Completes with the exit code when the process has ended, asked or not; 128 and more name a signal. */
    CompletableFuture<Integer> onExit();

    /** Asks it to stop, waits within a bound, then kills it. Does nothing when it has ended. */
    void stop();

    /** What it wrote to its log last, at most so many lines. */
    List<String> lastLines(int count);
}
