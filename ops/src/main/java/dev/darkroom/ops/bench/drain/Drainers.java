package dev.darkroom.ops.bench.drain;

import dev.darkroom.embedded.GuardedProcess;
import dev.darkroom.ops.bench.measure.CostMeter;
import dev.darkroom.ops.bench.measure.FlameGraphs;
import dev.darkroom.ops.bench.process.BenchProcess;
import dev.darkroom.ops.bench.servers.BenchJobServer;
import dev.darkroom.ops.bench.servers.BenchServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The relay and the workers of a benchmark, as processes, until closed. */
public final class Drainers implements AutoCloseable {

    /** Worker processes. */
    public static final int WORKERS = 2;

    private static final Duration STOP = Duration.ofSeconds(20);
    /** As in production: to compile less is worth more there than code that is faster by a quarter. */
    static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx384m", "-XX:TieredStopAtLevel=1");

    private final BenchServers servers;
    private final List<GuardedProcess> workers = new ArrayList<>();
    private final GuardedProcess relay;

    public Drainers(BenchServers servers, String role) {
        this(servers, role, FlameGraphs.NONE);
    }

    /** @param role of the workers: {@code work} or {@code turn} */
    public Drainers(BenchServers servers, String role, FlameGraphs flames) {
        this.servers = servers;
        for (int i = 1; i <= WORKERS; i++) {
            workers.add(process(servers, flames, "work-" + i, role));
        }
        relay = process(servers, flames, "relay", "relay");
    }

    /** A process of the benchmark that logs to a file of its name. */
    public static GuardedProcess process(
            BenchServers servers, FlameGraphs flames, String name, String role, String... more) {
        List<String> flags = new ArrayList<>(FLAGS);
        flags.addAll(flames.flags(name));
        List<String> arguments = new ArrayList<>(List.of(role, servers.gearman().toString(), servers.jdbcUrl()));
        arguments.addAll(List.of(more));
        return GuardedProcess.start(
                BenchJobServer.java(BenchProcess.class.getName(), flags, arguments.toArray(String[]::new)),
                Map.of(),
                log(servers, name));
    }

    /** Where the process of this name logs. */
    public static Path log(BenchServers servers, String name) {
        return servers.folder().resolve(name + ".log");
    }

    public long relayPid() {
        return relay.pid();
    }

    public long[] workerPids() {
        return workers.stream().mapToLong(GuardedProcess::pid).toArray();
    }

    /** Of PostgreSQL, the job server and these. */
    public CostMeter meter(Connection connection) {
        return meter(connection, servers, relayPid(), workerPids());
    }

    static CostMeter meter(Connection connection, BenchServers servers, long relayPid, long... workerPids) {
        return new CostMeter(connection)
                .with("postgresql", servers.postgresPid())
                .with("job_server", servers.jobServerPid())
                .with("relay", relayPid)
                .with("workers", workerPids);
    }

    /** Throws if one of them has ended, with its last words. */
    public void requireAlive() {
        requireAlive("The relay", relay);
        workers.forEach(worker -> requireAlive("A worker", worker));
    }

    static void requireAlive(String what, GuardedProcess process) {
        if (!process.isAlive()) {
            throw process.ended(what);
        }
    }

    @Override
    public void close() {
        workers.forEach(process -> process.terminate(STOP));
        relay.terminate(STOP);
    }
}
