package dev.darkroom.ops.bench.drain;

import dev.darkroom.embedded.GuardedProcess;
import dev.darkroom.ops.bench.load.Feature;
import dev.darkroom.ops.bench.load.LoadProcess;
import dev.darkroom.ops.bench.load.LoadSettings;
import dev.darkroom.ops.bench.load.SharedCount;
import dev.darkroom.ops.bench.measure.CostMeter;
import dev.darkroom.ops.bench.servers.BenchJobServer;
import dev.darkroom.ops.bench.servers.BenchServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A relay, two workers, and whoever enqueues for them; and how far they are. Used by one thread. */
public final class LoadParts implements AutoCloseable {

    /** Worker processes. */
    public static final int WORKERS = Drainers.WORKERS;

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration STOP = Duration.ofSeconds(20);

    private final BenchServers servers;
    private final Path folder;
    private final LoadSettings settings;
    private final SharedCount enqueued;
    private final SharedCount stop;
    private final List<SharedCount> done = new ArrayList<>();
    private final List<GuardedProcess> workers = new ArrayList<>();
    private final List<GuardedProcess> others = new ArrayList<>();
    private long relay;

    /** @param name of a folder for what belongs to these processes, which no others have */
    public LoadParts(BenchServers servers, String name, Set<Feature> features) throws IOException {
        this.servers = servers;
        this.folder = Files.createDirectory(servers.folder().resolve(name));
        this.settings =
                new LoadSettings("", servers.gearman(), servers.jdbcUrl(), folder, features, LoadSettings.NOTHING_MORE);
        this.enqueued = SharedCount.open(folder.resolve(LoadProcess.ENQUEUED));
        this.stop = SharedCount.open(folder.resolve(LoadProcess.STOP));
        for (int i = 1; i <= WORKERS; i++) {
            done.add(SharedCount.open(folder.resolve(LoadProcess.DONE + i)));
        }
    }

    /** Enqueues so many, and returns how many of them a second. */
    public double enqueue(int count) {
        GuardedProcess enqueuer = start("enqueue", Integer.toString(count));
        String took = enqueuer.awaitLogLine(line -> line.startsWith(LoadProcess.TOOK), LONGEST)
                .orElseThrow(() -> new IllegalStateException("The jobs were not enqueued within " + LONGEST));
        enqueuer.terminate(STOP);
        return count / (Long.parseLong(took.substring(LoadProcess.TOOK.length())) / 1e9);
    }

    /** Enqueues while no more than that wait, until {@link #stopEnqueuing}. */
    public GuardedProcess sustain(long backlog) {
        GuardedProcess enqueuer = start("sustain", Long.toString(backlog));
        others.add(enqueuer);
        return enqueuer;
    }

    /** Asks whoever enqueues to end; does not wait. */
    public void stopEnqueuing() {
        stop.set(1);
    }

    /** Starts the workers and the relay; does not wait until they have begun. */
    public void startDrainers() {
        for (int i = 1; i <= WORKERS; i++) {
            workers.add(start("work", Integer.toString(i)));
        }
        GuardedProcess started = start("relay", LoadSettings.NOTHING_MORE);
        others.add(started);
        relay = started.pid();
    }

    private GuardedProcess start(String role, String more) {
        List<String> arguments = settings.as(role, more).arguments();
        return GuardedProcess.start(
                BenchJobServer.java(LoadProcess.class.getName(), Drainers.FLAGS, arguments.toArray(String[]::new)),
                Map.of(),
                folder.resolve(role + more + ".log"));
    }

    /** Of the drainers and the servers. */
    public CostMeter meter(Connection connection) {
        return Drainers.meter(connection, servers, relayPid(), workerPids());
    }

    public long relayPid() {
        return relay;
    }

    public long[] workerPids() {
        return workers.stream().mapToLong(GuardedProcess::pid).toArray();
    }

    /** Jobs that have been committed. */
    public long enqueued() {
        return enqueued.get();
    }

    /** Jobs that have been done and recorded, about ten milliseconds ago. */
    public long done() {
        return SharedCount.sum(done);
    }

    /** Throws if any process has ended, with what it wrote last. */
    public void requireAlive() {
        for (GuardedProcess process : workers) {
            Drainers.requireAlive("A worker", process);
        }
        others.forEach(process -> Drainers.requireAlive("The relay or an enqueuer", process));
    }

    @Override
    public void close() {
        workers.forEach(process -> process.terminate(STOP));
        others.forEach(process -> process.terminate(STOP));
    }
}
