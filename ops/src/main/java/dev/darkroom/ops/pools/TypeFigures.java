package dev.darkroom.ops.pools;

import dev.darkroom.jobs.ledger.Mark;
import dev.darkroom.jobs.probe.ProbeStatus;
import dev.darkroom.jobs.watch.LastMinute;
import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.shards.Shards;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the figures of every job type from the ledgers: three statements a database. Thread-safe. */
public final class TypeFigures {

    // A relay that has not published for a while is away: what it said then no longer holds. What it says is in flight
    // counts the jobs of all databases, and probes.
    private static final String FIGURES = """
            WITH due AS (
              SELECT type, count(*) AS depth, extract(epoch FROM clock_timestamp() - min(run_at)) AS oldest
              FROM jobs.job WHERE marks & %d = 0 GROUP BY type
            ), later AS (
              SELECT type, count(*) AS later FROM jobs.later_job GROUP BY type
            ), failures AS (
              SELECT type, count(*) AS failed FROM jobs.failed_job GROUP BY type
            ), counts AS (
              SELECT type, sum(done) AS done, sum(retried) AS retried
              FROM (SELECT type, done, retried FROM jobs.worker_count
                    UNION ALL SELECT type, done, retried FROM jobs.type_total) c
              GROUP BY type
            ), states AS (
              SELECT * FROM jobs.type_state WHERE published_at > clock_timestamp() - interval '15 seconds' OR paused
            )
            SELECT type, coalesce(depth, 0) AS depth, coalesce(later, 0) AS later,
                   least(coalesce(in_flight, 0), coalesce(depth, 0)) AS in_flight,
                   least(coalesce(running, 0), coalesce(depth, 0)) AS running,
                   greatest(coalesce(oldest, 0), 0) AS oldest, worst_lane,
                   coalesce(worst_lane_wait, 0) AS worst_lane_wait,
                   coalesce(done, 0) AS done, coalesce(retried, 0) AS retried, coalesce(failed, 0) AS failed,
                   coalesce(workers, 0) AS workers, coalesce(paused, false) AS paused
            FROM states FULL JOIN due USING (type) FULL JOIN later USING (type) FULL JOIN failures USING (type)
                 FULL JOIN counts USING (type) FULL JOIN (SELECT type FROM jobs.probe) p USING (type)
            ORDER BY type""".formatted(Mark.PROBE.bit());

    private final Shards shards;

    public TypeFigures(Shards shards) {
        this.shards = shards;
    }

    /** By type, ascending; a type that no database has heard of is missing. */
    public Collection<TypeStatus> read() throws SQLException {
        Map<String, TypeStatus> types = new TreeMap<>();
        Map<String, LastMinute> lastMinutes = new HashMap<>();
        for (PhysicalDatabase database : shards.databases()) {
            try (Connection connection = database.source().getConnection()) {
                read(connection).forEach(status -> types.merge(status.type(), status, TypeStatus::plus));
                LastMinute.read(connection).forEach((type, here) -> lastMinutes.merge(type, here, LastMinute::plus));
            }
        }
        return types.values().stream()
                .map(status -> status.with(Lately.of(lastMinutes.getOrDefault(status.type(), LastMinute.NOTHING))))
                .toList();
    }

    private static List<TypeStatus> read(Connection connection) throws SQLException {
        Map<String, ProbeStatus> probes = new TreeMap<>(ProbeStatus.read(connection));
        List<TypeStatus> types = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(FIGURES);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                types.add(status(rows, probes.remove(rows.getString("type"))));
            }
        }
        return types;
    }

    private static TypeStatus status(ResultSet row, @Nullable ProbeStatus probe) throws SQLException {
        return new TypeStatus(
                row.getString("type"),
                row.getLong("depth"),
                row.getLong("later"),
                row.getLong("in_flight"),
                row.getLong("running"),
                row.getDouble("oldest"),
                row.getLong("done"),
                row.getLong("retried"),
                row.getLong("failed"),
                row.getLong("workers"),
                row.getBoolean("paused"),
                new LaneStatus(row.getString("worst_lane"), row.getDouble("worst_lane_wait")),
                probe,
                Lately.NOTHING);
    }
}
