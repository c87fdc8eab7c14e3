package dev.darkroom.ops.killtest.parts;

import dev.darkroom.embedded.EmbeddedRedis;
import dev.darkroom.ops.killtest.load.LoadSettings;
import dev.darkroom.ops.killtest.sabotage.Sabotage;
import dev.darkroom.ops.system.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a kill test runs: PostgreSQL, two job servers, Redis, the service that is called, and the producers, relays
 * and workers. Ends with its starter, however that comes.
 */
public final class TestSystem implements AutoCloseable {

    private static final int JOB_SERVERS = 2;
    private static final int PRODUCERS = 2;
    private static final int RELAYS = 2;
    private static final int WORKERS = 3;

    private final List<Part> parts = new ArrayList<>();
    private final PostgresLauncher postgres;
    private final List<JobServerLauncher> jobServers;
    private final FreePorts ports = new FreePorts(new Random());
    private final int remotePort = ports.next();
    private final Path folder;
    private @Nullable EmbeddedRedis redis;
    private @Nullable Part remote;

    private TestSystem(Path folder) throws IOException {
        this.folder = folder;
        this.postgres = new PostgresLauncher(folder, ports.next());
        this.jobServers = IntStream.rangeClosed(1, JOB_SERVERS)
                .mapToObj(number -> new JobServerLauncher(folder, "job-server-" + number, ports.next()))
                .toList();
    }

    /** Starts everything; if anything fails, nothing is left running. */
    public static TestSystem start(Path folder, long seed, Sabotage sabotage)
            throws IOException, SQLException, InterruptedException {
        TestSystem system = new TestSystem(folder);
        boolean started = false;
        try {
            system.startAll(seed, sabotage);
            started = true;
            return system;
        } finally {
            if (!started) {
                system.close();
            }
        }
    }

    private void startAll(long seed, Sabotage sabotage) throws SQLException, InterruptedException {
        add(new Part(Role.POSTGRES, "postgres", postgres));
        TestSchema.create(postgres.jdbcUrl());
        redis = EmbeddedRedis.builder(folder.resolve("redis"))
                .port(ports.next())
                .start();
        for (int i = 0; i < JOB_SERVERS; i++) {
            add(new Part(Role.JOB_SERVER, "job-server-" + (i + 1), jobServers.get(i)));
        }
        LoadSettings settings = settings(seed, sabotage, redis.port());
        LoadLauncher load = new LoadLauncher(settings);
        remote = new Part(Role.WORKER, "remote", load.of("remote"));
        remote.start();
        add(Role.RELAY, RELAYS, load.of("relay"));
        add(Role.WORKER, WORKERS, load.of("worker"));
        // A second death would rightly fail the job, unless the kill is announced.
        add(new Part(
                Role.ALONE,
                "alone",
                load.of("alone"),
                pid -> settings.runFolder().markKill(pid, "the kill test")));
        add(Role.PRODUCER, PRODUCERS, load.of("producer"));
    }

    private LoadSettings settings(long seed, Sabotage sabotage, int redisPort) {
        return new LoadSettings(
                0,
                seed,
                folder,
                jdbcUrl(),
                "127.0.0.1:" + redisPort,
                remotePort,
                sabotage,
                jobServers.stream().map(JobServerLauncher::address).toList());
    }

    private void add(Role role, int count, Part.Launcher launcher) throws InterruptedException {
        for (int i = 1; i <= count; i++) {
            add(new Part(role, role + "-" + i, launcher));
        }
    }

    private void add(Part part) throws InterruptedException {
        part.start();
        parts.add(part);
    }

    /** Those that are killed: all but Redis, whose effects would be lost with it, and the service that counts. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    public String jdbcUrl() {
        return postgres.jdbcUrl();
    }

    public String redis() {
        return "127.0.0.1:" + (redis == null ? 0 : redis.port());
    }

    public int remotePort() {
        return remotePort;
    }

    public String description() {
        return JOB_SERVERS + " " + jobServers.get(0).description() + ", " + postgres.description() + ", Redis; "
                + PRODUCERS + " producers, " + RELAYS + " relays, " + WORKERS
                + " workers and one for jobs under suspicion";
    }

    /** Kills everything: what the test wanted to know it has read. */
    @Override
    public void close() throws InterruptedException {
        List<Part> all = new ArrayList<>(parts);
        if (remote != null) {
            all.add(remote);
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            all.get(i).kill();
        }
        if (redis != null) {
            redis.stop();
        }
    }
}
