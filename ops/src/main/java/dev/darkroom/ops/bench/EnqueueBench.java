package dev.darkroom.ops.bench;

import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.jobs.ledger.LedgerSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The steps of {@code bench enqueue}: the ledger and pgbench in turn, each beginning every other round. */
final class EnqueueBench implements AutoCloseable {

    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx256m");

    private final BenchFolder folder = BenchFolder.create();
    private final EmbeddedPostgres postgres;
    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final Pgbench pgbench;
    private final Process enqueuer;
    private final PrintWriter ask;
    private final BufferedReader answers;
    private final int seconds;

    EnqueueBench(@Nullable Path binaries, int connections, int seconds) throws IOException {
        this.seconds = seconds;
        postgres = BenchPostgres.start(folder, binaries);
        source.setUrl(postgres.jdbcUrl(BenchPostgres.DATABASE));
        LedgerSchema.migrate(source, BenchProcess.DATABASE);
        pgbench = new Pgbench(
                folder.path(), "postgresql://postgres@127.0.0.1:" + postgres.port() + "/bench", connections);
        enqueuer = new ProcessBuilder(BenchJobServer.java(
                        BenchProcess.class.getName(),
                        FLAGS,
                        "commit",
                        "127.0.0.1:1",
                        postgres.jdbcUrl(BenchPostgres.DATABASE),
                        Integer.toString(connections)))
                .redirectError(folder.path().resolve("commit.log").toFile())
                .start();
        ask = new PrintWriter(new OutputStreamWriter(enqueuer.getOutputStream(), StandardCharsets.UTF_8), true);
        answers = new BufferedReader(new InputStreamReader(enqueuer.getInputStream(), StandardCharsets.UTF_8));
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
            String[] answer = ledgerRound();
            bare = round % 2 == 0 ? bare : bare();
            if (round > 0) {
                ledger.add(Double.parseDouble(answer[1]) / (Double.parseDouble(answer[7]) / 1e9));
                p50.add(Double.parseDouble(answer[3]));
                p99.add(Double.parseDouble(answer[5]));
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

    private String[] ledgerRound() throws IOException {
        ask.println(seconds * 1_000L);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("The enqueuing process ended; its log is in " + folder.path());
        }
        return answer.split(" ");
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
        ask.close();
        enqueuer.destroy();
        postgres.stop();
        folder.close();
    }
}
