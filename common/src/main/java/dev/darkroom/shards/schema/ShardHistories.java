package dev.darkroom.shards.schema;

import dev.darkroom.shards.ShardId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Compares what Flyway has recorded in the shards of one database, in two statements for all of them: asking Flyway about
 * each takes some 50 ms, and there may be thousands.
 */
final class ShardHistories {

    private static final String SCHEMAS = """
            SELECT schemaname FROM pg_tables WHERE tablename = 'flyway_schema_history' AND schemaname = ANY(?)""";

    private static final String HISTORY = """
            SELECT '%1$s' AS schema, coalesce(
              (SELECT string_agg(concat_ws(':', version, checksum, success), ',' ORDER BY installed_rank)
               FROM %1$s.flyway_schema_history WHERE version IS NOT NULL), '') AS history""";

    private final DataSource source;

    ShardHistories(DataSource source) {
        this.source = source;
    }

    /** Of these shards, those whose migrations differ from the model's, or that are not there at all. */
    List<ShardId> differingFrom(ShardId model, List<ShardId> shards) throws SQLException {
        try (Connection connection = source.getConnection()) {
            Set<String> alike = alike(connection, model, migrated(connection, shards));
            return shards.stream()
                    .filter(shard -> !alike.contains(shard.schema()))
                    .toList();
        }
    }

    private static List<String> migrated(Connection connection, List<ShardId> shards) throws SQLException {
        Object[] schemas = shards.stream().map(ShardId::schema).toArray();
        try (PreparedStatement query = connection.prepareStatement(SCHEMAS)) {
            query.setArray(1, connection.createArrayOf("text", schemas));
            return new ArrayList<>(strings(query));
        }
    }

    private static Set<String> alike(Connection connection, ShardId model, List<String> migrated) throws SQLException {
        String histories = migrated.stream()
                .map(HISTORY::formatted)
                .collect(Collectors.joining(" UNION ALL ", "WITH h AS (", ")"));
        try (PreparedStatement query = connection.prepareStatement(
                histories + " SELECT schema FROM h WHERE history = (SELECT history FROM h WHERE schema = ?)")) {
            query.setString(1, model.schema());
            return strings(query);
        }
    }

    private static Set<String> strings(PreparedStatement query) throws SQLException {
        Set<String> found = new HashSet<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
