package dev.darkroom.ops.bench;

import dev.darkroom.clock.Pause;
import dev.darkroom.embedded.GuardedProcess;
import dev.darkroom.jobs.ledger.LedgerSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.postgresql.ds.PGSimpleDataSource;

/** The steps of {@code bench jobs}. */
final class JobsBench {

    private static final int WORKERS = 2;
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Duration COUNTED = Duration.ofSeconds(5);
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx384m", "-XX:TieredStopAtLevel=1");

    private JobsBench() {}

    static JobsResult run(BenchServers servers, int count, Consumer<String> progress)
            throws SQLException, IOException, InterruptedException, ExecutionException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(servers.jdbcUrl());
        LedgerSchema.migrate(source, BenchProcess.DATABASE);
        try (Connection connection = DriverManager.getConnection(servers.jdbcUrl())) {
            progress.accept("bare rows in and out");
            double bareInsert = BareRows.insert(connection, count);
            double bareDelete = BareRows.delete(connection);
            vacuum(connection);
            progress.accept("enqueuing " + count + " jobs");
            double enqueue = enqueueRate(servers, count);
            try (Drainers drainers = new Drainers(servers)) {
                progress.accept("draining with " + WORKERS + " worker processes");
                CostMeter meter = new CostMeter(connection)
                        .with("postgresql", servers.postgresPid())
                        .with("job_server", servers.jobServerPid())
                        .with("relay", drainers.relayPid())
                        .with("workers", drainers.workerPids());
                DrainWatch watch = new DrainWatch(connection, meter);
                DrainWatch.Measured drain = watch.drain(count);
                progress.accept("enqueuing and draining " + count + " jobs at once");
                GuardedProcess enqueuer = enqueuer(servers, "through", count);
                DrainWatch.Measured through = watch.through(count, enqueuer.onExit());
                long done = awaitCounted(connection, 2L * count);
                drainers.close();
                return new JobsResult(done, enqueue, drain, through, bareInsert, bareDelete);
            }
        }
    }

    private static void vacuum(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE jobs.job");
            statement.execute("CHECKPOINT");
        }
    }

    private static Path log(BenchServers servers, String name) {
        return servers.folder().resolve(name + ".log");
    }

    private static GuardedProcess enqueuer(BenchServers servers, String name, int count) {
        return process(servers, log(servers, name), "enqueue", Integer.toString(count));
    }

    private static double enqueueRate(BenchServers servers, int count)
            throws IOException, InterruptedException, ExecutionException {
        GuardedProcess enqueuer = enqueuer(servers, "enqueue", count);
        return count / (nanos(enqueuer, log(servers, "enqueue")) / 1e9);
    }

    private static long nanos(GuardedProcess enqueuer, Path log)
            throws IOException, InterruptedException, ExecutionException {
        enqueuer.onExit().get();
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("took "))
                .mapToLong(line -> Long.parseLong(line.substring("took ".length())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The enqueuer failed:\n" + enqueuer.logTail(10)));
    }

    /** The relay and the workers, until closed. */
    private static final class Drainers implements AutoCloseable {

        private final List<GuardedProcess> workers = new ArrayList<>();
        private final GuardedProcess relay;

        Drainers(BenchServers servers) {
            for (int i = 1; i <= WORKERS; i++) {
                workers.add(process(servers, log(servers, "work-" + i), "work"));
            }
            relay = process(servers, log(servers, "relay"), "relay");
        }

        long relayPid() {
            return relay.pid();
        }

        long[] workerPids() {
            return workers.stream().mapToLong(GuardedProcess::pid).toArray();
        }

        @Override
        public void close() {
            workers.forEach(process -> process.terminate(STOP));
            relay.terminate(STOP);
        }
    }

    private static GuardedProcess process(BenchServers servers, Path log, String role, String... more) {
        List<String> arguments = new ArrayList<>(List.of(role, servers.gearman().toString(), servers.jdbcUrl()));
        arguments.addAll(List.of(more));
        return GuardedProcess.start(
                BenchJobServer.java(BenchProcess.class.getName(), FLAGS, arguments.toArray(String[]::new)),
                Map.of(),
                log);
    }

    /** The workers tell with their next heartbeat; ended by a signal they would not. */
    private static long awaitCounted(Connection connection, long expected) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + COUNTED.toNanos();
        long done = done(connection);
        while (done < expected && System.nanoTime() - deadline < 0) {
            Pause.SLEEP.pause(Duration.ofMillis(100));
            done = done(connection);
        }
        return done;
    }

    /** What the workers' own counts say, those still running and those that have left. */
    private static long done(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(sum(done), 0) FROM (SELECT done FROM jobs.worker_count UNION ALL"
                                + " SELECT done FROM jobs.type_total) AS counts")) {
            row.next();
            return row.getLong(1);
        }
    }
}
