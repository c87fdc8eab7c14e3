package dev.darkroom.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an {@link EmbeddedPostgres} is started with. Not thread-safe. */
public final class PostgresBuilder {

    private final Path data;
    private final Map<String, String> settings = new LinkedHashMap<>(defaults());
    private Path cache = UnpackedBinaries.userCache();
    private Path logFile;
    private @Nullable Path installed;
    private Duration startTimeout = Duration.ofMinutes(5);
    private int port;

    PostgresBuilder(Path data) {
        this.data = data.toAbsolutePath().normalize();
        this.logFile = this.data.resolveSibling(this.data.getFileName() + ".log");
    }

    /** Where the bundled binaries are unpacked, about 60 MB. Default: {@code ~/.cache/darkroom}, for root {@code
     * /var/cache/darkroom}. */
    public PostgresBuilder unpackTo(Path folder) {
        this.cache = folder;
        return this;
    }

    /** Uses an installed server instead of the bundled one: the folder that holds {@code initdb} and {@code postgres}. */
    public PostgresBuilder binaries(Path folder) {
        this.installed = folder.toAbsolutePath();
        return this;
    }

    /** 0, the default, takes a free port. */
    public PostgresBuilder port(int wanted) {
        this.port = wanted;
        return this;
    }

    /** Appended to. Default: beside the data folder, named after it. */
    public PostgresBuilder logFile(Path file) {
        this.logFile = file.toAbsolutePath();
        return this;
    }

    /** How long the server may take until it answers, recovery after a crash included. Default: 5 minutes. */
    public PostgresBuilder startTimeout(Duration timeout) {
        this.startTimeout = timeout;
        return this;
    }

    /** A server setting as in postgresql.conf; replaces ours of the same name. */
    public PostgresBuilder setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /**
     * Returns when the server answers queries.
     *
     * @throws EmbeddedServerException when it can't be started; nothing is left running
     */
    public EmbeddedPostgres start() {
        FolderLock lock = FolderLock.take(data);
        try {
            PostgresBinaries binaries =
                    installed == null ? PostgresBinaries.bundled(cache) : PostgresBinaries.installed(installed);
            boolean durable = "on".equals(settings.get("fsync"));
            ServerAccount account = new PostgresFolder(data, binaries, logFile, durable).prepare();
            return new PostgresLaunch(data, binaries, account, logFile, settings).run(port, startTimeout, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** For a machine of two cores and some gigabytes, many small connections and short transactions. */
    private static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("fsync", "on");
        defaults.put("synchronous_commit", "on");
        defaults.put("full_page_writes", "on");
        defaults.put("max_connections", "500");
        defaults.put("shared_buffers", "128MB");
        defaults.put("effective_cache_size", "512MB");
        defaults.put("wal_compression", "on");
        defaults.put("max_wal_size", "1GB");
        defaults.put("checkpoint_timeout", "15min");
        // A queue's table turns over in seconds: after the usual minute its dead rows would outnumber the live ones a
        // hundredfold.
        defaults.put("autovacuum_naptime", "5s");
        defaults.put("random_page_cost", "1.1");
        defaults.put("jit", "off");
        defaults.put("max_parallel_workers_per_gather", "0");
        defaults.put("timezone", "UTC");
        defaults.put("log_timezone", "UTC");
        defaults.put("log_line_prefix", "%m [%p] %d ");
        return defaults;
    }
}
