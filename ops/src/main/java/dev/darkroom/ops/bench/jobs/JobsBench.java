package dev.darkroom.ops.bench.jobs;

import dev.darkroom.embedded.GuardedProcess;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.ops.bench.drain.DoneCount;
import dev.darkroom.ops.bench.drain.DrainWatch;
import dev.darkroom.ops.bench.drain.Drainers;
import dev.darkroom.ops.bench.measure.FlameGraphs;
import dev.darkroom.ops.bench.process.BenchProcess;
import dev.darkroom.ops.bench.servers.BenchServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.postgresql.ds.PGSimpleDataSource;

/** The steps of {@code bench jobs}. */
final class JobsBench {

    private JobsBench() {}

    static JobsResult run(BenchServers servers, int count, FlameGraphs flames, Consumer<String> progress)
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
            double enqueue = enqueueRate(servers, flames, count);
            try (Drainers drainers = new Drainers(servers, "work", flames)) {
                progress.accept("draining with " + Drainers.WORKERS + " worker processes");
                DrainWatch watch = new DrainWatch(connection, drainers.meter(connection));
                DrainWatch.Measured drain = watch.drain(count);
                progress.accept("enqueuing and draining " + count + " jobs at once");
                GuardedProcess enqueuer = enqueuer(servers, flames, "through", count);
                DrainWatch.Measured through = watch.through(count, enqueuer.onExit());
                long done = DoneCount.await(connection, 2L * count);
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

    private static GuardedProcess enqueuer(BenchServers servers, FlameGraphs flames, String name, int count) {
        return Drainers.process(servers, flames, name, "enqueue", Integer.toString(count));
    }

    private static double enqueueRate(BenchServers servers, FlameGraphs flames, int count)
            throws IOException, InterruptedException, ExecutionException {
        GuardedProcess enqueuer = enqueuer(servers, flames, "enqueue", count);
        return count / (nanos(enqueuer, Drainers.log(servers, "enqueue")) / 1e9);
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
}
