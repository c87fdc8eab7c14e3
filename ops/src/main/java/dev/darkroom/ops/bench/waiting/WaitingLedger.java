package dev.darkroom.ops.bench.waiting;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.JobId;
import dev.darkroom.jobs.NewBulk;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.ops.bench.process.BenchProcess;
import dev.darkroom.ops.bench.process.TurningJob;
import dev.darkroom.ops.terminal.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The ledger of {@code bench waiting}: filled, counted and asked. Used by one thread. */
final class WaitingLedger {

    private static final Duration GONE_LOOK = Duration.ofMillis(2);
    private static final Duration GONE_LONGEST = Duration.ofMinutes(2);

    // Not lane = ?, nor EXISTS alone: of a lane that the statistics do not know the whole table would be read for it.
    private static final String WAITS = """
            SELECT count(*) > 0 FROM (
              SELECT FROM jobs.job
              WHERE leased_until IS NULL AND type = ? AND priority = 1 AND lane >= ? AND lane <= ?
              ORDER BY lane LIMIT 1) AS first""";

    private final Ledger ledger;
    private final Connection connection;
    private int bulks;

    WaitingLedger(DataSource source, Connection connection) {
        this.ledger = BenchProcess.ledger(source);
        this.connection = connection;
    }

    /** Enqueues so many by COPY and returns how many a second. */
    double fill(String task, long count, Supplier<NewJob> jobs, Progress progress) {
        long begin = System.nanoTime();
        try (Progress.Bar bar = progress.begin(task, count)) {
            NewBulk bulk = NewBulk.named(
                            "bench-" + ++bulks,
                            Stream.generate(jobs).limit(count).iterator())
                    .telling(enqueued -> bar.left(count - enqueued, count));
            ledger.enqueueAll(bulk);
        }
        return count / ((System.nanoTime() - begin) / 1e9);
    }

    /** The same before each measurement, so that no autovacuum of what was done before falls into it. */
    void settle() throws SQLException {
        run("VACUUM ANALYZE jobs.job, jobs.later_job");
        run("CHECKPOINT");
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Takes away what was enqueued since {@link #enqueuedSoFar} was this. */
    void deleteSince(long enqueuedSoFar) throws SQLException {
        run("DELETE FROM jobs.job WHERE id > " + idOf(enqueuedSoFar));
    }

    private static long idOf(long number) {
        return (number << JobId.DATABASE_BITS) | BenchProcess.DATABASE;
    }

    /** Jobs that have ever had a number, less a constant: asking costs nothing, however many wait. */
    long enqueuedSoFar() throws SQLException {
        return number("SELECT last_value FROM jobs.job_id") >> JobId.DATABASE_BITS;
    }

    long waiting() throws SQLException {
        return number("SELECT count(*) FROM jobs.job");
    }

    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Enqueues a single job of a lane that has no other, and waits until it is done.
     *
     * @return how many milliseconds that took from its commit
     */
    double probe(int lane) throws SQLException, InterruptedException {
        ledger.inTransaction(transaction -> transaction.enqueue(new TurningJob(lane, false)));
        long begin = System.nanoTime();
        try (PreparedStatement select = connection.prepareStatement(WAITS)) {
            select.setString(1, TurningJob.TYPE.name());
            select.setString(2, TurningJob.laneName(lane));
            select.setString(3, TurningJob.laneName(lane));
            while (isTrue(select)) {
                if (System.nanoTime() - begin > GONE_LONGEST.toNanos()) {
                    throw new IllegalStateException("A job of a lane of its own was not done within " + GONE_LONGEST);
                }
                Pause.SLEEP.pause(GONE_LOOK);
            }
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private static boolean isTrue(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
