package dev.darkroom.jobs.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;

/** The heartbeat rows of the worker processes. Thread-safe. */
public final class WorkerRegister {

    /** A process that has not been heard of for so long counts as dead. */
    public static final Duration DEAD_AFTER = Duration.ofSeconds(15);

    // One statement for the process and its counts, so that a beat is one round trip.
    private static final String BEAT = """
            WITH beat AS (
              INSERT INTO jobs.worker (id, host, pid, state, threads, started) VALUES (?, ?, ?, ?, ?, ?)
              ON CONFLICT (id) DO UPDATE
              SET state = excluded.state, threads = excluded.threads, started = excluded.started,
                  beat_at = clock_timestamp()
              RETURNING id
            )
            INSERT INTO jobs.worker_count (worker_id, type, done, retried, snoozed, discarded, failed, run_micros)
            SELECT beat.id, c.* FROM beat,
              unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[]) AS c
            ON CONFLICT (worker_id, type) DO UPDATE
            SET done = excluded.done, retried = excluded.retried, snoozed = excluded.snoozed,
                discarded = excluded.discarded, failed = excluded.failed, run_micros = excluded.run_micros""";

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

    /** Long after {@link #DEAD_AFTER}, so that a process that was only stopped for a while finds its row again. */
    private static final String FORGET_DEAD = FORGET.formatted("beat_at < clock_timestamp() - interval '10 minutes'");

    private static final String STARTED = """
            SELECT unnest(started) FROM jobs.worker
            WHERE beat_at > clock_timestamp() - ? * interval '1 millisecond' AND started <> '{}'""";

    private static final String THREADS = """
            SELECT c.type, sum(w.threads) FROM jobs.worker w JOIN jobs.worker_count c ON c.worker_id = w.id
            WHERE w.beat_at > clock_timestamp() - ? * interval '1 millisecond' AND w.state = 'running'
            GROUP BY c.type""";

    private final DataSource source;

    public WorkerRegister(DataSource source) {
        this.source = source;
    }

    /** Writes the process's row; its time is the database's. */
    public void beat(WorkerBeat beat) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(BEAT)) {
            statement.setObject(1, beat.id());
            statement.setString(2, beat.host());
            statement.setLong(3, beat.pid());
            statement.setString(4, beat.state());
            statement.setInt(5, beat.threads());
            statement.setArray(6, connection.createArrayOf("int8", boxed(beat.started())));
            setCounts(statement, beat.counts());
            statement.executeUpdate();
        }
    }

    private static void setCounts(PreparedStatement statement, Map<String, RunCounts> counts) throws SQLException {
        Connection connection = statement.getConnection();
        Collection<RunCounts> values = counts.values();
        statement.setArray(7, connection.createArrayOf("text", counts.keySet().toArray()));
        setColumn(statement, 8, values, RunCounts::done);
        setColumn(statement, 9, values, RunCounts::retried);
        setColumn(statement, 10, values, RunCounts::snoozed);
        setColumn(statement, 11, values, RunCounts::discarded);
        setColumn(statement, 12, values, RunCounts::failed);
        setColumn(statement, 13, values, RunCounts::runMicros);
    }

    private static void setColumn(
            PreparedStatement statement, int index, Collection<RunCounts> values, ToLongFunction<RunCounts> column)
            throws SQLException {
        Object[] cells = values.stream().mapToLong(column).boxed().toArray();
        statement.setArray(index, statement.getConnection().createArrayOf("int8", cells));
    }

    /** A process says farewell: its row goes, its counts are added to the totals. */
    public void leave(UUID worker) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(FORGET_ONE)) {
            statement.setObject(1, worker);
            statement.setObject(2, worker);
            statement.executeUpdate();
        }
    }

    /** Takes the rows of processes long dead away; their counts are added to the totals. */
    public void forgetDead() throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(FORGET_DEAD)) {
            statement.executeUpdate();
        }
    }

    /** Ids of the jobs that living processes have begun. */
    public Set<Long> startedJobs() throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(STARTED)) {
            statement.setLong(1, DEAD_AFTER.toMillis());
            Set<Long> started = new HashSet<>();
            DeleteJobs.readIds(statement, started);
            return started;
        }
    }

    /** Handler threads of living, not quiet processes, by job type. */
    public Map<String, Integer> threads() throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(THREADS)) {
            statement.setLong(1, DEAD_AFTER.toMillis());
            Map<String, Integer> threads = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    threads.put(rows.getString(1), rows.getInt(2));
                }
            }
            return threads;
        }
    }

    private static Object[] boxed(long[] ids) {
        Long[] boxed = new Long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            boxed[i] = ids[i];
        }
        return boxed;
    }
}
