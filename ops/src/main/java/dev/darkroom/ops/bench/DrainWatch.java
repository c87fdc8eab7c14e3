package dev.darkroom.ops.bench;

import dev.darkroom.clock.Pause;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Watches the ledger empty: between 10 % and 90 % drained, so that the start of processes does not count. */
final class DrainWatch {

    /** Counting the rows costs the database; more often would slow down what is measured. */
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private static final Duration FIRST = Duration.ofMillis(5);

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private DrainWatch() {}

    /** @param rate jobs a second */
    record Measured(double rate, JobCost cost) {}

    /**
     * Between 10 % and 90 % drained.
     *
     * @throws IllegalStateException if the ledger is not empty after ten minutes
     */
    static Measured drain(Connection connection, int count, CostMeter meter) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        long begin = 0;
        long leftAtBegin = 0;
        long end = 0;
        long leftAtEnd = 0;
        CostMeter.Reading first = meter.read();
        CostMeter.Reading last = first;
        for (long left = left(connection); left > 0; left = left(connection)) {
            long now = System.nanoTime();
            if (begin == 0 && left <= count * 0.9) {
                begin = now;
                leftAtBegin = left;
                first = meter.read();
            }
            if (left >= count * 0.1) {
                end = now;
                leftAtEnd = left;
                last = meter.read();
            }
            if (now > deadline) {
                throw new IllegalStateException(left + " of " + count + " jobs are still there after " + LONGEST);
            }
            Pause.SLEEP.pause(INTERVAL);
        }
        long drained = Math.max(1, leftAtBegin - leftAtEnd);
        return new Measured(drained / Math.max(1e-9, (end - begin) / 1e9), JobCost.between(first, last, drained));
    }

    /**
     * While they come in and go out at once: from the first that is seen until the ledger is empty again.
     *
     * @param enqueued completes when the last is enqueued
     * @throws IllegalStateException if the ledger is not empty after ten minutes
     */
    static Measured through(Connection connection, int count, CompletableFuture<?> enqueued, CostMeter meter)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (left(connection) == 0 && !enqueued.isDone()) {
            Pause.SLEEP.pause(FIRST);
        }
        long begin = System.nanoTime();
        CostMeter.Reading first = meter.read();
        long left = 1;
        while (left > 0 || !enqueued.isDone()) {
            left = left(connection);
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(left + " of " + count + " jobs are still there after " + LONGEST);
            }
            Pause.SLEEP.pause(INTERVAL);
        }
        double rate = count / ((System.nanoTime() - begin) / 1e9);
        return new Measured(rate, JobCost.between(first, meter.read(), count));
    }

    private static long left(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM jobs.job");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
