package dev.darkroom.jobs.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The heartbeat rows of the worker processes. Thread-safe. */
public final class WorkerRegister {

    /** A process that has not been heard of for so long counts as dead. */
    public static final Duration DEAD_AFTER = Duration.ofSeconds(15);

    // One statement for the process and its counts, so that a beat is one round trip.
    private static final String BEAT = """
            WITH beat AS (
              INSERT INTO jobs.worker (id, name, host, pid, alone, state, threads, started, started_turn, started_since,
                                       progress_at)
              SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?,
                     ARRAY(SELECT clock_timestamp() - micros * interval '1 microsecond'
                           FROM unnest(?::bigint[]) WITH ORDINALITY AS ages(micros, position) ORDER BY position),
                     clock_timestamp() - ? * interval '1 microsecond'
              ON CONFLICT (id) DO UPDATE
              SET state = excluded.state, threads = excluded.threads, started = excluded.started,
                  started_turn = excluded.started_turn, started_since = excluded.started_since,
                  progress_at = excluded.progress_at, reported = false, beat_at = clock_timestamp()
              RETURNING id
            )
            INSERT INTO jobs.worker_count (worker_id, type, done, retried, snoozed, discarded, failed, run_micros,
                                           done_per_second, waits, run_times, lanes)
            SELECT beat.id, c.* FROM beat,
              unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                     ?::double precision[], ?::bytea[], ?::bytea[], ?::bytea[]) AS c
            ON CONFLICT (worker_id, type) DO UPDATE
            SET done = excluded.done, retried = excluded.retried, snoozed = excluded.snoozed,
                discarded = excluded.discarded, failed = excluded.failed, run_micros = excluded.run_micros,
                done_per_second = excluded.done_per_second, waits = excluded.waits, run_times = excluded.run_times,
                lanes = excluded.lanes""";

    private static final String FORGET = """
            WITH gone AS (
              DELETE FROM jobs.worker_count WHERE worker_id IN (SELECT id FROM jobs.worker WHERE %1$s) RETURNING *
            ), rows AS (
              DELETE FROM jobs.worker WHERE %1$s
            )
            INSERT INTO jobs.type_total (type, done, retried, snoozed, discarded, failed, run_micros)
            SELECT type, sum(done), sum(retried), sum(snoozed), sum(discarded), sum(failed), sum(run_micros)
            FROM gone GROUP BY type
            ON CONFLICT (type) DO UPDATE
            SET done = jobs.type_total.done + excluded.done, retried = jobs.type_total.retried + excluded.retried,
                snoozed = jobs.type_total.snoozed + excluded.snoozed,
                discarded = jobs.type_total.discarded + excluded.discarded,
                failed = jobs.type_total.failed + excluded.failed,
                run_micros = jobs.type_total.run_micros + excluded.run_micros""";

    private static final String FORGET_ONE = FORGET.formatted("id = ?");

    /**
     * Long after {@link #DEAD_AFTER}, so that a process that was only stopped for a while finds its row again; and only what
     * was reported dead: after a long outage of the database itself every living process has a row that is as old, and would
     * be counted twice. Where nobody reports, a week is long enough.
     */
    private static final String FORGET_DEAD = FORGET.formatted("beat_at < clock_timestamp() - interval '10 minutes'"
            + " AND (reported OR beat_at < clock_timestamp() - interval '7 days')");

    private static final String FORGET_REPORTS =
            "DELETE FROM jobs.dead_worker WHERE reported_at < clock_timestamp() - interval '30 days'";

    private final DataSource source;

    public WorkerRegister(DataSource source) {
        this.source = source;
    }

    /** Writes the process's row; its time is the database's. */
    public void beat(WorkerBeat beat) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(BEAT)) {
            setSelf(statement, beat.self());
            statement.setString(6, beat.state());
            statement.setInt(7, beat.self().threads());
            setStarted(statement, beat.started());
            statement.setLong(11, micros(beat.stalled().toNanos()));
            setCounts(statement, beat.counts());
            setLastMinute(statement, beat.counts().keySet(), beat.lastMinute());
            statement.executeUpdate();
        }
    }

    private static void setSelf(PreparedStatement statement, WorkerSelf self) throws SQLException {
        statement.setObject(1, self.id());
        statement.setString(2, self.name());
        statement.setString(3, self.host());
        statement.setLong(4, self.pid());
        statement.setBoolean(5, self.alone());
    }

    private static void setStarted(PreparedStatement statement, List<StartedRun> started) throws SQLException {
        Connection connection = statement.getConnection();
        long now = System.nanoTime();
        statement.setArray(8, connection.createArrayOf("int8", column(started, StartedRun::id)));
        statement.setArray(9, connection.createArrayOf("int4", column(started, StartedRun::turn)));
        statement.setArray(
                10, connection.createArrayOf("int8", column(started, run -> micros(Math.max(0, now - run.began())))));
    }

    private static Object[] column(List<StartedRun> started, Function<StartedRun, Object> value) {
        return started.stream().map(value).toArray();
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }

    private static void setCounts(PreparedStatement statement, Map<String, RunCounts> counts) throws SQLException {
        Connection connection = statement.getConnection();
        Collection<RunCounts> values = counts.values();
        statement.setArray(12, connection.createArrayOf("text", counts.keySet().toArray()));
        setColumn(statement, 13, values, RunCounts::done);
        setColumn(statement, 14, values, RunCounts::retried);
        setColumn(statement, 15, values, RunCounts::snoozed);
        setColumn(statement, 16, values, RunCounts::discarded);
        setColumn(statement, 17, values, RunCounts::failed);
        setColumn(statement, 18, values, RunCounts::runMicros);
    }

    /** @param types in the order of the other columns */
    private static void setLastMinute(
            PreparedStatement statement, Collection<String> types, Map<String, RecentRuns> lastMinute)
            throws SQLException {
        Connection connection = statement.getConnection();
        List<RecentRuns> runs = types.stream()
                .map(type -> lastMinute.getOrDefault(type, RecentRuns.NONE))
                .toList();
        statement.setArray(
                19,
                connection.createArrayOf(
                        "float8", runs.stream().map(RecentRuns::donePerSecond).toArray()));
        setBytes(statement, 20, runs, RecentRuns::waits);
        setBytes(statement, 21, runs, RecentRuns::runTimes);
        setBytes(statement, 22, runs, RecentRuns::lanes);
    }

    private static void setBytes(
            PreparedStatement statement,
            int index,
            List<RecentRuns> runs,
            Function<RecentRuns, byte @Nullable []> column)
            throws SQLException {
        byte[][] cells = runs.stream().map(column).toArray(byte[][]::new);
        statement.setArray(index, statement.getConnection().createArrayOf("bytea", cells));
    }

    private static void setColumn(
            PreparedStatement statement, int index, Collection<RunCounts> values, ToLongFunction<RunCounts> column)
            throws SQLException {
        Object[] cells = values.stream().mapToLong(column).boxed().toArray();
        statement.setArray(index, statement.getConnection().createArrayOf("int8", cells));
    }

    /** A process says farewell: its row goes, its counts are added to the totals. */
    public void leave(UUID worker) throws SQLException {
        try (Connection connection = source.getConnection()) {
            forget(connection, worker);
        }
    }

    /** As {@link #leave(UUID)}, in a transaction of the caller's. */
    public static void forget(Connection connection, UUID worker) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET_ONE)) {
            statement.setObject(1, worker);
            statement.setObject(2, worker);
            statement.executeUpdate();
        }
    }

    /** Takes the rows of processes long dead away, and what was reported of them; their counts are added to the totals. */
    public static void forgetDead(Connection connection) throws SQLException {
        try (PreparedStatement rows = connection.prepareStatement(FORGET_DEAD);
                PreparedStatement reports = connection.prepareStatement(FORGET_REPORTS)) {
            rows.executeUpdate();
            reports.executeUpdate();
        }
    }
}
