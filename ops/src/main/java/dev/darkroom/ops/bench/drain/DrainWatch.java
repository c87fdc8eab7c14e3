package dev.darkroom.ops.bench.drain;

import dev.darkroom.clock.Pause;
import dev.darkroom.ops.bench.measure.CostMeter;
import dev.darkroom.ops.bench.measure.JobCost;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Watches the ledger empty, from about 10 % to about 90 % drained, so that the start of processes does not count. Counting
 * many rows takes PostgreSQL a good part of a second: that is done at both ends only, and in between its statistics, which are
 * a second late, say how far it is.
 */
public final class DrainWatch {

    private static final Duration INTERVAL = Duration.ofMillis(100);

    /** So many are counted quickly, and gone before the statistics say so. */
    private static final int FEW = 200_000;

    private static final Duration SHORT = Duration.ofMillis(20);

    private static final Duration FIRST = Duration.ofMillis(5);

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final double FROM = 0.1;
    private static final double TO = 0.85;

    private static final String DELETED =
            "SELECT n_tup_del FROM pg_stat_user_tables WHERE schemaname = 'jobs' AND relname = 'job'";

    private final Connection connection;
    private final CostMeter meter;
    private final long deadline = System.nanoTime() + LONGEST.toNanos();

    public DrainWatch(Connection connection, CostMeter meter) {
        this.connection = connection;
        this.meter = meter;
    }

    /** @param rate jobs a second */
    public record Measured(double rate, JobCost cost) {}

    /** How far it was at one moment. */
    private record Mark(long left, long nanos, CostMeter.Reading cost) {}

    /**
     * Returns when all are gone.
     *
     * @throws IllegalStateException if the ledger is not empty after ten minutes
     */
    public Measured drain(int count) throws SQLException, InterruptedException {
        long before = number(DELETED) - (count - left());
        awaitGone(count, before, FROM);
        Mark from = mark();
        awaitGone(count, before, TO);
        Mark to = mark();
        awaitEmpty();
        long drained = Math.max(1, from.left() - to.left());
        double seconds = Math.max(1e-9, (to.nanos() - from.nanos()) / 1e9);
        return new Measured(drained / seconds, JobCost.between(from.cost(), to.cost(), drained));
    }

    /**
     * While they come in and go out at once: from the first that is seen until the ledger is empty again.
     *
     * @param enqueued completes when the last is enqueued
     * @throws IllegalStateException if the ledger is not empty after ten minutes
     */
    public Measured through(int count, CompletableFuture<?> enqueued) throws SQLException, InterruptedException {
        while (left() == 0 && !enqueued.isDone()) {
            pause(FIRST);
        }
        long begin = System.nanoTime();
        CostMeter.Reading first = meter.read();
        while (!enqueued.isDone()) {
            pause(INTERVAL);
        }
        awaitEmpty();
        double rate = count / ((System.nanoTime() - begin) / 1e9);
        return new Measured(rate, JobCost.between(first, meter.read(), count));
    }

    private Mark mark() throws SQLException {
        long left = left();
        return new Mark(left, System.nanoTime(), meter.read());
    }

    private void awaitGone(int count, long deletedBefore, double part) throws SQLException, InterruptedException {
        while (gone(count, deletedBefore) < count * part) {
            pause(count <= FEW ? SHORT : INTERVAL);
        }
    }

    private long gone(int count, long deletedBefore) throws SQLException {
        return count <= FEW ? count - left() : number(DELETED) - deletedBefore;
    }

    private void awaitEmpty() throws SQLException, InterruptedException {
        while (left() > 0) {
            pause(INTERVAL);
        }
    }

    private void pause(Duration duration) throws SQLException, InterruptedException {
        if (System.nanoTime() - deadline > 0) {
            throw new IllegalStateException(left() + " jobs are still there after " + LONGEST);
        }
        Pause.SLEEP.pause(duration);
    }

    private long left() throws SQLException {
        return number("SELECT count(*) FROM jobs.job");
    }

    private long number(String query) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
