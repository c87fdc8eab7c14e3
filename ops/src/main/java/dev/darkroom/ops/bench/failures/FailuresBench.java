package dev.darkroom.ops.bench.failures;

import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.failures.FailedJobs;
import dev.darkroom.jobs.failures.FailureFilter;
import dev.darkroom.jobs.failures.FailureGroup;
import dev.darkroom.jobs.failures.FailureGroups;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.replay.ReplayPace;
import dev.darkroom.jobs.replay.ReplaySchema;
import dev.darkroom.jobs.replay.Replays;
import dev.darkroom.jobs.replay.work.ReplayDuty;
import dev.darkroom.ops.bench.measure.Series;
import dev.darkroom.ops.bench.process.BenchProcess;
import dev.darkroom.ops.bench.process.NoOp;
import dev.darkroom.ops.bench.servers.BenchFolder;
import dev.darkroom.ops.bench.servers.BenchPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The steps of {@code bench failures}, in this process, on a database of its own. */
final class FailuresBench implements AutoCloseable {

    private static final int GROUPS = 50;
    private static final int ROUNDS = 20;
    private static final int PAGE = 50;
    private static final int CHUNK = 5_000;

    private static final String FILL = """
            INSERT INTO jobs.failed_job
              (id, type, lane, args, attempt, turn, error_class, message, stack, fingerprint, worker, failed_at)
            SELECT nextval('jobs.job_id'), 'bench.no-op', 'lane-' || i %% 1000, convert_to(repeat('x', 200), 'UTF8'),
                   1 + i %% 25, 25, 'java.net.ConnectException', 'Connection refused by host-' || i, repeat('at x.Y.z(Y.java:1)', 40),
                   lpad(to_hex(i %% %d), 16, '0'), 'bench', clock_timestamp() - (%d - i) * interval '1 millisecond'
            FROM generate_series(%d, %d) AS i""";

    /** What a replay cannot do without: the rows leave one table and come into the other. */
    private static final String BARE_MOVE = """
            WITH gone AS (
              DELETE FROM jobs.failed_job WHERE id IN (SELECT id FROM jobs.failed_job ORDER BY id LIMIT %d)
              RETURNING id, type, lane, args, turn)
            INSERT INTO jobs.job (id, type, lane, args, turn) SELECT id, type, lane, args, turn FROM gone""".formatted(CHUNK);

    private final BenchFolder folder = BenchFolder.create();
    private final EmbeddedPostgres postgres;
    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final Ledger ledger;
    private final int failures;

    FailuresBench(@Nullable Path binaries, int failures) throws IOException {
        this.failures = failures;
        postgres = BenchPostgres.start(folder, binaries);
        source.setUrl(postgres.jdbcUrl(BenchPostgres.DATABASE));
        LedgerSchema.migrate(source, BenchProcess.DATABASE);
        ReplaySchema.migrate(source);
        ledger = new Ledger(BenchProcess.DATABASE, source, JobTypes.of(NoOp.TYPE), DirectSubmission.NONE);
    }

    FailuresResult run(Consumer<String> progress) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            progress.accept("the same rows moved by bare statements");
            int bare = failures / 5;
            fill(statement, bare);
            double bareRate = bareMove(statement, bare);
            progress.accept("filling in " + failures + " failures of " + GROUPS + " causes");
            statement.execute("TRUNCATE jobs.job, jobs.failed_job, jobs.failure_group");
            fill(statement, failures);
            progress.accept("reading groups and pages");
            FailureGroups groups = new FailureGroups(List.of(ledger));
            List<FailureGroup> found = groups.list(null, null);
            double groupMillis = median(() -> groups.list(null, null));
            double bareGroupMillis = median(() -> bareGroups(statement));
            Map<String, Double> pages = pages(found.get(0));
            progress.accept("replaying them all");
            return replay(connection, new FailuresResult.Reading(groupMillis, bareGroupMillis, pages), bareRate);
        }
    }

    private void fill(Statement statement, int count) throws SQLException {
        for (int done = 0; done < count; done += 50_000) {
            int last = Math.min(count, done + 50_000);
            statement.execute(FILL.formatted(GROUPS, count, done + 1, last));
        }
        statement.execute("VACUUM ANALYZE jobs.failed_job");
        statement.execute("CHECKPOINT");
    }

    private static double bareMove(Statement statement, int count) throws SQLException {
        long begin = System.nanoTime();
        long moved = 0;
        int last = 1;
        while (last > 0) {
            last = statement.executeUpdate(BARE_MOVE);
            moved += last;
        }
        if (moved != count) {
            throw new IllegalStateException(moved + " rows were moved, not " + count);
        }
        return moved / ((System.nanoTime() - begin) / 1e9);
    }

    private static void bareGroups(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(
                "SELECT fingerprint, type, count(*), min(failed_at), max(failed_at) FROM jobs.failed_job GROUP BY 1, 2")) {
            while (rows.next()) {
                rows.getLong(3);
            }
        }
    }

    private Map<String, Double> pages(FailureGroup group) throws SQLException {
        FailedJobs jobs = new FailedJobs(List.of(ledger));
        Map<String, FailureFilter> filters = new LinkedHashMap<>();
        filters.put("all", FailureFilter.ALL);
        filters.put("type", FailureFilter.ALL.ofType(NoOp.TYPE.name()));
        filters.put("group", FailureFilter.ALL.inGroup(group.fingerprint()));
        filters.put("lane", FailureFilter.ALL.inLane("lane-7"));
        filters.put(
                "group_and_lane", FailureFilter.ALL.inGroup(group.fingerprint()).inLane("lane-50"));
        filters.put("text", FailureFilter.ALL.containing("host-" + failures / 2));
        Map<String, Double> millis = new LinkedHashMap<>();
        for (Map.Entry<String, FailureFilter> filter : filters.entrySet()) {
            millis.put(filter.getKey(), median(() -> jobs.page(filter.getValue(), null, PAGE)));
        }
        return millis;
    }

    private FailuresResult replay(Connection connection, FailuresResult.Reading reading, double bareRate)
            throws SQLException {
        ReplayPace pace = new ReplayPace(ReplayPace.UNLIMITED, 0, 2L * failures);
        long begin = System.nanoTime();
        new Replays(source, List.of(ledger)).start(FailureFilter.ALL, pace, "bench");
        double selectSeconds = (System.nanoTime() - begin) / 1e9;
        ReplayDuty duty = new ReplayDuty(BenchProcess.DATABASE, source);
        long mostHeap = 0;
        long moved = 0;
        begin = System.nanoTime();
        long end = begin;
        while (moved < failures) {
            duty.run(connection);
            end = System.nanoTime();
            mostHeap = Math.max(
                    mostHeap,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
            moved = waiting(connection);
        }
        return new FailuresResult(reading, moved, moved / ((end - begin) / 1e9), bareRate, selectSeconds, mostHeap);
    }

    private static long waiting(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT moved FROM jobs.replay")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** One reading. */
    private interface Reading {

        void read() throws SQLException;
    }

    /** In milliseconds. */
    private static double median(Reading reading) throws SQLException {
        List<Double> millis = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            reading.read();
            millis.add((System.nanoTime() - begin) / 1e6);
        }
        return Series.of(millis).median();
    }

    @Override
    public void close() throws IOException {
        postgres.stop();
        folder.close();
    }
}
