package dev.darkroom.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A private Redis server on 127.0.0.1. It runs until {@link #stop()} or the end of this process, however that comes. It
 * is not restarted when it ends by itself: {@link #onExit()} says so. Thread-safe.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(15);

    private final GuardedProcess process;
    private final CompletableFuture<Integer> released;
    private final int port;

    EmbeddedRedis(GuardedProcess process, FolderLock lock, int port) {
        this.process = process;
        this.released = process.onExit().whenComplete((code, failure) -> lock.close());
        this.port = port;
    }

    /** Starts in the folder, which is made when missing: configuration, pid file and, if durable, the data. */
    public static RedisBuilder builder(Path folder) {
        return new RedisBuilder(folder);
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** Completes with the exit code when the server has ended, asked or not, and its folder is free again. */
    public CompletableFuture<Integer> onExit() {
        return released.copy();
    }

    /** The address in the form {@code redis://127.0.0.1:6379}. */
    public String uri() {
        return "redis://" + Ports.LOOPBACK + ":" + port;
    }

    /** A durable server writes what it holds first; one that takes longer than 15 s is killed. */
    public void stop() {
        process.terminate(STOP);
        released.join();
    }

    @Override
    public void close() {
        stop();
    }
}
