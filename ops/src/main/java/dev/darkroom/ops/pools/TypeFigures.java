package dev.darkroom.ops.pools;

import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.shards.Shards;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the figures of every job type from the ledgers: one statement a database. Thread-safe. */
public final class TypeFigures {

    // A relay that has not published for a while is away: what it said then no longer holds.
    private static final String FIGURES = """
            WITH due AS (
              SELECT type, count(*) AS depth, extract(epoch FROM clock_timestamp() - min(run_at)) AS oldest
              FROM jobs.job GROUP BY type
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
                   coalesce(in_flight, 0) AS in_flight, coalesce(running, 0) AS running,
                   greatest(coalesce(oldest, 0), 0) AS oldest, coalesce(drain_rate, 0) AS drain_rate,
                   coalesce(done, 0) AS done, coalesce(retried, 0) AS retried, coalesce(failed, 0) AS failed,
                   coalesce(workers, 0) AS workers, coalesce(paused, false) AS paused
            FROM states FULL JOIN due USING (type) FULL JOIN later USING (type) FULL JOIN failures USING (type)
                 FULL JOIN counts USING (type)
            ORDER BY type""";

    private final Shards shards;

    public TypeFigures(Shards shards) {
        this.shards = shards;
    }

    /** By type, ascending; a type that no database has heard of is missing. */
    public Collection<TypeStatus> read() throws SQLException {
        Map<String, TypeStatus> types = new TreeMap<>();
        for (PhysicalDatabase database : shards.databases()) {
            try (Connection connection = database.source().getConnection();
                    PreparedStatement select = connection.prepareStatement(FIGURES);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    TypeStatus status = status(rows);
                    types.merge(status.type(), status, TypeStatus::plus);
                }
            }
        }
        return List.copyOf(types.values());
    }

    private static TypeStatus status(ResultSet row) throws SQLException {
        return new TypeStatus(
                row.getString("type"),
                row.getLong("depth"),
                row.getLong("later"),
                row.getLong("in_flight"),
                row.getLong("running"),
                row.getDouble("oldest"),
                row.getDouble("drain_rate"),
                row.getLong("done"),
                row.getLong("retried"),
                row.getLong("failed"),
                row.getLong("workers"),
                row.getBoolean("paused"));
    }
}
