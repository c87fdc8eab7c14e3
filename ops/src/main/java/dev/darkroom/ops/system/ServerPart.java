package dev.darkroom.ops.system;

import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.embedded.EmbeddedRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A native server that the embedded launchers start. Thread-safe. */
record ServerPart(long pid, CompletableFuture<Integer> onExit, Runnable stopping, Path log) implements RunningPart {

    static RunningPart of(EmbeddedPostgres postgres, Path log) {
        return new ServerPart(postgres.pid(), postgres.onExit(), postgres::stop, log);
    }

    static RunningPart of(EmbeddedRedis redis, Path log) {
        return new ServerPart(redis.pid(), redis.onExit(), redis::stop, log);
    }

    @Override
    public void stop() {
        stopping.run();
    }

    @Override
    public List<String> lastLines(int count) {
        return LogTail.of(log, count);
    }
}
