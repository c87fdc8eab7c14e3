package dev.darkroom.ops.pools;

import dev.darkroom.jobs.watch.LastMinute;
import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.shards.Shards;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the worker processes that are not known to be dead from the ledgers: two statements a database. Thread-safe. */
public final class WorkerList {

    private static final String WORKERS = """
            SELECT w.id, w.name, w.host, w.pid, w.alone, w.threads,
                   CASE WHEN w.beat_at < clock_timestamp() - interval '5 seconds' THEN 'silent' ELSE w.state END AS state,
                   extract(epoch FROM clock_timestamp() - w.beat_at) AS beat,
                   greatest(0, extract(epoch FROM w.beat_at - w.progress_at)) AS stalled,
                   ARRAY(SELECT c.type FROM jobs.worker_count c WHERE c.worker_id = w.id ORDER BY c.type) AS types,
                   s.id AS job, j.type AS job_type, extract(epoch FROM clock_timestamp() - s.since) AS job_seconds
            FROM jobs.worker w
                 LEFT JOIN LATERAL unnest(w.started, w.started_since) AS s(id, since) ON s.id IS NOT NULL
                 LEFT JOIN jobs.job j ON j.id = s.id
            WHERE NOT w.reported
            ORDER BY w.name, w.id, s.since""";

    private final Shards shards;

    public WorkerList(Shards shards) {
        this.shards = shards;
    }

    /** By name. */
    public List<WorkerStatus> read() throws SQLException {
        Map<UUID, WorkerStatus> workers = new LinkedHashMap<>();
        for (PhysicalDatabase database : shards.databases()) {
            Map<UUID, WorkerStatus> here = new LinkedHashMap<>();
            try (Connection connection = database.source().getConnection();
                    PreparedStatement select = connection.prepareStatement(WORKERS);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    WorkerStatus worker = worker(rows);
                    here.merge(worker.id(), worker, WorkerStatus::plus);
                }
            }
            here.forEach((id, worker) -> workers.merge(id, worker, WorkerStatus::plus));
        }
        Map<UUID, Map<String, LastMinute>> measured = lastMinutes();
        return workers.values().stream()
                .map(worker -> worker.with(lately(measured.getOrDefault(worker.id(), Map.of()))))
                .sorted(Comparator.comparing(WorkerStatus::name))
                .toList();
    }

    private Map<UUID, Map<String, LastMinute>> lastMinutes() throws SQLException {
        Map<UUID, Map<String, LastMinute>> workers = new HashMap<>();
        for (PhysicalDatabase database : shards.databases()) {
            try (Connection connection = database.source().getConnection()) {
                LastMinute.readByWorker(connection)
                        .forEach((id, types) ->
                                types.forEach((type, here) -> workers.computeIfAbsent(id, worker -> new TreeMap<>())
                                        .merge(type, here, LastMinute::plus)));
            }
        }
        return workers;
    }

    private static Map<String, Lately> lately(Map<String, LastMinute> types) {
        Map<String, Lately> lately = new TreeMap<>();
        types.forEach((type, minute) -> lately.put(type, Lately.of(minute)));
        return lately;
    }

    private static WorkerStatus worker(ResultSet row) throws SQLException {
        CurrentJob job = job(row);
        return new WorkerStatus(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("host"),
                row.getLong("pid"),
                row.getString("state"),
                row.getBoolean("alone"),
                texts(row.getArray("types")),
                row.getInt("threads"),
                job == null ? List.of() : List.of(job),
                row.getDouble("beat"),
                row.getDouble("stalled"),
                Map.of());
    }

    private static @Nullable CurrentJob job(ResultSet row) throws SQLException {
        long id = row.getLong("job");
        return row.wasNull() ? null : new CurrentJob(id, row.getString("job_type"), row.getDouble("job_seconds"));
    }

    private static List<String> texts(Array array) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (Object text : (Object[]) array.getArray()) {
            texts.add((String) text);
        }
        return texts;
    }
}
