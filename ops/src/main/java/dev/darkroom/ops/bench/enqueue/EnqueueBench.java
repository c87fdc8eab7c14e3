package dev.darkroom.ops.bench.enqueue;

import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.ops.bench.measure.Series;
import dev.darkroom.ops.bench.process.BenchProcess;
import dev.darkroom.ops.bench.process.CommitProcess;
import dev.darkroom.ops.bench.servers.BenchFolder;
import dev.darkroom.ops.bench.servers.BenchPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The steps of {@code bench enqueue}: the ledger and pgbench in turn, each beginning every other round. */
final class EnqueueBench implements AutoCloseable {

    private final BenchFolder folder = BenchFolder.create();
    private final EmbeddedPostgres postgres;
    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final Pgbench pgbench;
    private final CommitProcess enqueuer;
    private final int seconds;

    EnqueueBench(@Nullable Path binaries, int connections, int seconds) throws IOException {
        this.seconds = seconds;
        postgres = BenchPostgres.start(folder, binaries);
        source.setUrl(postgres.jdbcUrl(BenchPostgres.DATABASE));
        LedgerSchema.migrate(source, BenchProcess.DATABASE);
        pgbench = new Pgbench(
                folder.path(), "postgresql://postgres@127.0.0.1:" + postgres.port() + "/bench", connections);
        enqueuer = new CommitProcess(folder.path(), postgres.jdbcUrl(BenchPostgres.DATABASE), connections);
    }

    /** @param rounds of each side that count; one of each before them warms up */
    EnqueueResult run(int rounds, Consumer<String> progress) throws SQLException, IOException, InterruptedException {
        List<Double> ledger = new ArrayList<>();
        List<Double> reference = new ArrayList<>();
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            progress.accept(round == 0 ? "warming up" : "round " + round + " of " + rounds);
            double bare = round % 2 == 0 ? bare() : 0;
            empty();
            CommitProcess.Round answer = enqueuer.round(Duration.ofSeconds(seconds));
            bare = round % 2 == 0 ? bare : bare();
            if (round > 0) {
                ledger.add(answer.rate());
                p50.add((double) answer.p50());
                p99.add((double) answer.p99());
                reference.add(bare);
            }
        }
        return new EnqueueResult(
                Series.of(ledger),
                Series.of(reference),
                Series.of(p50).median(),
                Series.of(p99).median());
    }

    private double bare() throws SQLException, IOException, InterruptedException {
        empty();
        return pgbench.rate(seconds);
    }

    private void empty() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE jobs.job");
            statement.execute("CHECKPOINT");
        }
    }

    @Override
    public void close() throws IOException {
        enqueuer.close();
        postgres.stop();
        folder.close();
    }
}
