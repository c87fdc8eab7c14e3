package dev.darkroom.jobs.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the heartbeats say at one moment, as a relay needs it. Immutable.
 *
 * @param threads handler threads of living, not quiet processes, by job type; those for jobs under suspicion not counted
 * @param started ids of the jobs that processes not known to be dead have begun
 * @param startedBySilent those of them whose process has missed its last beats
 * @param lastBeats by job type, the oldest last beat of the processes not known to be dead, by {@link System#nanoTime}
 */
public record KnownWorkers(
        Map<String, Integer> threads, Set<Long> started, Set<Long> startedBySilent, Map<String, Long> lastBeats) {

    public static final KnownWorkers NONE = new KnownWorkers(Map.of(), Set.of(), Set.of(), Map.of());

    /** Time for whoever watches over silent processes to report a death, before their jobs are free for anybody. */
    private static final Duration REPORTING = Duration.ofSeconds(5);

    /** More than a beat that is a little late. */
    private static final Duration SILENT_AFTER = Duration.ofSeconds(4);

    private static final String TYPES = """
            SELECT c.type, sum(w.threads) FILTER (WHERE w.state = 'running' AND NOT w.alone
                                                    AND w.beat_at > clock_timestamp() - ? * interval '1 millisecond'),
                   extract(epoch FROM clock_timestamp() - min(w.beat_at)) * 1e6
            FROM jobs.worker w JOIN jobs.worker_count c ON c.worker_id = w.id
            WHERE NOT w.reported AND w.beat_at > clock_timestamp() - ? * interval '1 millisecond'
            GROUP BY c.type""";

    private static final String STARTED = """
            SELECT unnest(started), beat_at < clock_timestamp() - ? * interval '1 millisecond' FROM jobs.worker
            WHERE NOT reported AND beat_at > clock_timestamp() - ? * interval '1 millisecond' AND started <> '{}'""";

    public static KnownWorkers read(Connection connection) throws SQLException {
        Map<String, Integer> threads = new HashMap<>();
        Map<String, Long> lastBeats = new HashMap<>();
        long known = WorkerRegister.DEAD_AFTER.plus(REPORTING).toMillis();
        // Before the statement, so that a beat never counts as later than it was.
        long now = System.nanoTime();
        try (PreparedStatement select = connection.prepareStatement(TYPES)) {
            select.setLong(1, WorkerRegister.DEAD_AFTER.toMillis());
            select.setLong(2, known);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    lastBeats.put(rows.getString(1), now - TimeUnit.MICROSECONDS.toNanos(rows.getLong(3)));
                    if (rows.getInt(2) > 0) {
                        threads.put(rows.getString(1), rows.getInt(2));
                    }
                }
            }
        }
        Set<Long> started = new HashSet<>();
        Set<Long> silent = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(STARTED)) {
            select.setLong(1, SILENT_AFTER.toMillis());
            select.setLong(2, known);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    started.add(rows.getLong(1));
                    if (rows.getBoolean(2)) {
                        silent.add(rows.getLong(1));
                    }
                }
            }
        }
        return new KnownWorkers(threads, started, silent, lastBeats);
    }

    /** Whether every process of the type that is not known to be dead has been heard of since then. */
    public boolean allHeardOfSince(String type, long nanoTime) {
        Long last = lastBeats.get(type);
        return last == null || last - nanoTime > 0;
    }
}
