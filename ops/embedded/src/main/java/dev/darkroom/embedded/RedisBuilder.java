package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an {@link EmbeddedRedis} is started with. Not thread-safe. */
public final class RedisBuilder {

    private static final Duration STOP_AFTER_STARTER = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
    private static final int ATTEMPTS = 5;
    private static final String PID_FILE = "redis.pid";

    private final Path folder;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Path cache = UnpackedBinaries.userCache();
    private Path logFile;
    private @Nullable Path program;
    private boolean durable;
    private Duration startTimeout = Duration.ofMinutes(2);
    private int port;

    RedisBuilder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.logFile = this.folder.resolveSibling(this.folder.getFileName() + ".log");
    }

    /** Where the bundled binary is unpacked when none is installed. Default: {@code ~/.cache/darkroom}, for root {@code
     * /var/cache/darkroom}. */
    public RedisBuilder unpackTo(Path cacheFolder) {
        this.cache = cacheFolder;
        return this;
    }

    /** The {@code redis-server} to run. Default: the one on the PATH if it is 6.2 or newer, else the bundled one. */
    public RedisBuilder program(Path file) {
        this.program = file.toAbsolutePath();
        return this;
    }

    /** Runs the bundled program even where one is installed. */
    public RedisBuilder bundledProgram() {
        this.program = RedisProgram.bundled(cache);
        return this;
    }

    /** 0, the default, takes a free port. */
    public RedisBuilder port(int wanted) {
        this.port = wanted;
        return this;
    }

    /** Keeps what is written, the last second before a crash excepted (AOF, everysec). Default: nothing on disk. */
    public RedisBuilder durable() {
        this.durable = true;
        return this;
    }

    /** Appended to. Default: beside the folder, named after it. */
    public RedisBuilder logFile(Path file) {
        this.logFile = file.toAbsolutePath();
        return this;
    }

    /** A line of redis.conf; replaces ours of the same name. */
    public RedisBuilder setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /**
     * Returns when the server answers PING, its data loaded.
     *
     * @throws EmbeddedServerException when it can't be started; nothing is left running
     */
    public EmbeddedRedis start() {
        FolderLock lock = FolderLock.take(folder);
        try {
            Path server = program == null ? RedisProgram.find(cache) : program;
            Files.createDirectories(folder);
            stopOrphan();
            if (port != 0) {
                Ports.requireFree(port, "Redis");
            }
            return start(server, lock);
        } catch (IOException e) {
            lock.close();
            throw new EmbeddedServerException(
                    "The Redis folder " + folder + " can't be used (" + Failures.reason(e)
                            + "): make it writable for this user or choose another one.",
                    e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void stopOrphan() throws IOException {
        Path file = folder.resolve(PID_FILE);
        String pid = Files.exists(file) ? Files.readString(file).strip() : "";
        if (!pid.isEmpty()) {
            Orphan.find(Long.parseLong(pid), "redis-", folder)
                    .ifPresent(redis -> redis.stop(StopSignal.TERM, STOP_AFTER_STARTER));
        }
        Files.deleteIfExists(file);
    }

    private EmbeddedRedis start(Path server, FolderLock lock) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int chosen = port == 0 ? Ports.free() : port;
            Path configuration = folder.resolve("redis.conf");
            Files.write(configuration, configuration(chosen));
            GuardedProcess process = GuardedProcess.start(
                    List.of(server.toString(), configuration.toString()),
                    Map.of(),
                    logFile,
                    StopSignal.TERM,
                    STOP_AFTER_STARTER);
            if (isReady(process, chosen)) {
                return new EmbeddedRedis(process, lock, chosen);
            }
            boolean taken = process.log().contains("Address already in use");
            if (!taken || attempt == ATTEMPTS) {
                throw process.ended("Redis in " + folder);
            }
            if (port != 0) {
                throw Ports.taken(port, "Redis");
            }
        }
    }

    private boolean isReady(GuardedProcess process, int chosen) {
        long start = System.nanoTime();
        while (!process.endsWithin(LOOK_AGAIN)) {
            if (RedisPing.answers(chosen)) {
                return true;
            }
            if (System.nanoTime() - start > startTimeout.toNanos()) {
                String tail = process.log().describeTail();
                process.kill();
                throw new EmbeddedServerException("Redis in " + folder + " did not become ready within "
                        + startTimeout.toSeconds() + " s. " + tail);
            }
        }
        return false;
    }

    private List<String> configuration(int chosen) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("save", "\"\"");
        lines.put("appendonly", durable ? "yes" : "no");
        lines.put("appendfsync", "everysec");
        lines.put("tcp-backlog", "128");
        lines.put("maxclients", "2000");
        lines.putAll(settings);
        lines.put("bind", Ports.LOOPBACK);
        lines.put("port", String.valueOf(chosen));
        lines.put("dir", '"' + folder.toString() + '"');
        lines.put("pidfile", '"' + folder.resolve(PID_FILE).toString() + '"');
        lines.put("daemonize", "no");
        lines.put("logfile", "\"\"");
        List<String> written = new ArrayList<>();
        lines.forEach((name, value) -> written.add(name + " " + value));
        return written;
    }
}
