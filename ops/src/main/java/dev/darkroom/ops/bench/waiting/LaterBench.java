package dev.darkroom.ops.bench.waiting;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.ledger.JobColumns;
import dev.darkroom.ops.bench.drain.DoneCount;
import dev.darkroom.ops.bench.drain.DrainWatch;
import dev.darkroom.ops.bench.drain.Drainers;
import dev.darkroom.ops.bench.measure.CostMeter;
import dev.darkroom.ops.bench.measure.ProcessUse;
import dev.darkroom.ops.bench.process.NoOp;
import dev.darkroom.ops.bench.servers.BenchServers;
import dev.darkroom.ops.terminal.Progress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

/**
 * The steps of {@code bench waiting} for retries that are due in an hour. Beside them, and with none of them, ten become due a
 * second, as anywhere where jobs are tried again: to find those must not cost more for those that are not due.
 */
final class LaterBench {

    private static final int CHUNK = 50_000;
    private static final int DUE_A_SECOND = 10;
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(5);

    /** As a job's first failure leaves it. */
    private static final String FILL = """
            INSERT INTO jobs.later_job (%s)
            SELECT nextval('jobs.job_id'), clock_timestamp(), NULL, NULL, NULL, 1, '%s', '', NULL,
                   convert_to(repeat('x', %d), 'UTF8'), NULL, 0, clock_timestamp() + interval '1 hour', 1, 1
            FROM generate_series(1, %%d)""".formatted(JobColumns.ALL, NoOp.TYPE.name(), NoOp.PAYLOAD);

    private static final String TRICKLE = "UPDATE jobs.later_job SET run_at = clock_timestamp()"
            + " + (number + 1) * interval '1 second' / %d FROM (SELECT id AS chosen, row_number() OVER () AS number"
            + " FROM (SELECT id FROM jobs.later_job LIMIT %d) AS few) AS c WHERE id = chosen";

    private static final String ACTIVITY = "SELECT xact_commit, tup_returned + tup_fetched FROM pg_stat_database"
            + " WHERE datname = current_database()";

    private final BenchServers servers;
    private final Connection connection;
    private final WaitingLedger ledger;
    private final int drained;
    private final Duration length;
    private final Duration warmUp;

    private record Activity(long transactions, long rows) {}

    /**
     * @param drained jobs of which the drain is measured
     * @param length of what is measured while hardly any job is due
     */
    LaterBench(BenchServers servers, Connection connection, WaitingLedger ledger, int drained, Duration length) {
        this.servers = servers;
        this.connection = connection;
        this.ledger = ledger;
        this.drained = drained;
        this.length = length;
        this.warmUp = length.compareTo(LONGEST_WARM_UP) < 0 ? length : LONGEST_WARM_UP;
    }

    LaterRound run(long later, Progress progress) throws SQLException, InterruptedException {
        String name = String.format(Locale.ROOT, "%,d due later", later);
        long trickle = DUE_A_SECOND * warmUp.plus(length).toSeconds();
        fill(name, later + trickle, progress);
        ledger.settle();
        progress.say(name + ": hardly any job due");
        LaterRound.Idle idle = idle(trickle);
        ledger.run("TRUNCATE jobs.job");
        ledger.run("DELETE FROM jobs.later_job WHERE run_at < clock_timestamp() + interval '10 minutes'");
        ledger.fill(name + ": to be drained", drained, () -> NewJob.now(new NoOp()), progress);
        ledger.settle();
        long before = DoneCount.now(connection);
        try (Drainers drainers = new Drainers(servers, "work")) {
            DrainWatch.Measured drain = new DrainWatch(connection, drainers.meter(connection)).drain(drained);
            long done = DoneCount.await(connection, before + drained) - before;
            return new LaterRound(later, idle, drain.rate(), drain.cost(), drained - done);
        }
    }

    private void fill(String name, long count, Progress progress) throws SQLException {
        try (Progress.Bar bar = progress.begin(name, count)) {
            for (long done = 0; done < count; done += CHUNK) {
                long chunk = Math.min(CHUNK, count - done);
                ledger.run(FILL.formatted(chunk));
                bar.step(chunk);
            }
        }
    }

    private LaterRound.Idle idle(long trickle) throws SQLException, InterruptedException {
        try (Drainers drainers = new Drainers(servers, "work")) {
            Pause.SLEEP.pause(warmUp);
            ledger.run(TRICKLE.formatted(DUE_A_SECOND, trickle));
            Pause.SLEEP.pause(warmUp);
            CostMeter meter = drainers.meter(connection);
            Activity firstActivity = activity();
            CostMeter.Reading first = meter.read();
            long begin = System.nanoTime();
            Pause.SLEEP.pause(length);
            CostMeter.Reading last = meter.read();
            Activity lastActivity = activity();
            double seconds = (System.nanoTime() - begin) / 1e9;
            drainers.requireAlive();
            return new LaterRound.Idle(
                    microsASecond("relay", first, last, seconds),
                    microsASecond("postgresql", first, last, seconds),
                    (lastActivity.transactions() - firstActivity.transactions()) / seconds,
                    (lastActivity.rows() - firstActivity.rows()) / seconds);
        }
    }

    private static double microsASecond(String part, CostMeter.Reading first, CostMeter.Reading last, double seconds) {
        ProcessUse before = first.parts().getOrDefault(part, ProcessUse.NONE);
        ProcessUse after = last.parts().getOrDefault(part, ProcessUse.NONE);
        return after.since(before).processor().toNanos() / 1e3 / seconds;
    }

    private Activity activity() throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(ACTIVITY)) {
            row.next();
            return new Activity(row.getLong(1), row.getLong(2));
        }
    }
}
