package dev.darkroom.shards.schema;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.config.PhysicalDatabaseConfiguration;
import dev.darkroom.shards.ShardId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the directory remembers of earlier starts.
 *
 * @param homes in which database each shard was
 * @param databases the numbers of all that were ever configured and were not forgotten on purpose
 * @param anyName whether any username is taken
 */
record PlacementRecords(Map<ShardId, Integer> homes, Set<Integer> databases, boolean anyName) {

    private static final String REMEMBER_SHARDS = """
            INSERT INTO directory.shard_home (shard, database)
            SELECT shard, ? FROM unnest(?::integer[]) shard ORDER BY shard
            ON CONFLICT (shard) DO UPDATE SET database = excluded.database, since = clock_timestamp()
            WHERE shard_home.database <> excluded.database""";

    private static final String REMEMBER_DATABASE =
            "INSERT INTO directory.physical_database (number) VALUES (?) ON CONFLICT DO NOTHING";

    static PlacementRecords read(PartsConfiguration parts) {
        try (Connection connection = DatabaseSource.of(parts.directory()).getConnection()) {
            Map<ShardId, Integer> homes = new TreeMap<>();
            try (ResultSet rows =
                    connection.createStatement().executeQuery("SELECT shard, database FROM directory.shard_home")) {
                while (rows.next()) {
                    homes.put(new ShardId(rows.getInt(1)), rows.getInt(2));
                }
            }
            Set<Integer> databases = new TreeSet<>();
            try (ResultSet rows =
                    connection.createStatement().executeQuery("SELECT number FROM directory.physical_database")) {
                while (rows.next()) {
                    databases.add(rows.getInt(1));
                }
            }
            try (ResultSet row =
                    connection.createStatement().executeQuery("SELECT EXISTS (SELECT 1 FROM directory.account_name)")) {
                return new PlacementRecords(homes, databases, row.next() && row.getBoolean(1));
            }
        } catch (SQLException e) {
            throw DatabaseSource.unusable(parts.directory(), e);
        }
    }

    /** Remembers that everything is where the configuration says. */
    static void write(PartsConfiguration parts) {
        try (Connection connection = DatabaseSource.of(parts.directory()).getConnection();
                PreparedStatement shards = connection.prepareStatement(REMEMBER_SHARDS);
                PreparedStatement database = connection.prepareStatement(REMEMBER_DATABASE)) {
            for (PhysicalDatabaseConfiguration each : parts.databases()) {
                database.setInt(1, each.number());
                database.executeUpdate();
                shards.setInt(1, each.number());
                shards.setArray(
                        2,
                        connection.createArrayOf("integer", each.shardNumbers().toArray()));
                shards.executeUpdate();
            }
        } catch (SQLException e) {
            throw DatabaseSource.unusable(parts.directory(), e);
        }
    }
}
