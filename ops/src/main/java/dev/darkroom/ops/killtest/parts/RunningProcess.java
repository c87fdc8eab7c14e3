package dev.darkroom.ops.killtest.parts;

import java.util.concurrent.CompletableFuture;

/**
 * A part as it runs now.
 *
 * @param onExit completes with the exit code once the part may be started again
 */
record RunningProcess(long pid, CompletableFuture<Integer> onExit) {}
