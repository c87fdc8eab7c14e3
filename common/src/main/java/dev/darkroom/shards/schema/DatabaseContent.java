package dev.darkroom.shards.schema;

import dev.darkroom.config.PhysicalDatabaseConfiguration;
import dev.darkroom.shards.ShardId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.flywaydb.core.api.FlywayException;

/**
 * What lies in one physical database, whatever is configured for it.
 *
 * @param number as configured
 * @param ledger the number that its ledger was made with; empty where there is no ledger yet
 */
record DatabaseContent(int number, OptionalInt ledger, Set<ShardId> shards) {

    private static final String SHARDS =
            "SELECT substr(nspname, 7)::integer FROM pg_namespace WHERE nspname ~ '^shard_[0-9]{4}$'";

    // Another process may have made a schema a moment ago, and no table in it yet.
    private static final String MIGRATED =
            "SELECT schemaname FROM pg_tables WHERE tablename = 'account' AND schemaname ~ '^shard_[0-9]{4}$'";

    private static final String LEDGER = """
            SELECT start_value FROM pg_sequences WHERE schemaname = 'jobs' AND sequencename = 'job_id'""";

    /** @throws FlywayException if the database cannot be asked */
    static DatabaseContent of(PhysicalDatabaseConfiguration configuration) {
        try (Connection connection = DatabaseSource.of(configuration.database()).getConnection();
                Statement statement = connection.createStatement()) {
            Set<ShardId> shards = new TreeSet<>();
            try (ResultSet rows = statement.executeQuery(SHARDS)) {
                while (rows.next()) {
                    shards.add(new ShardId(rows.getInt(1)));
                }
            }
            try (ResultSet row = statement.executeQuery(LEDGER)) {
                OptionalInt ledger = row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
                return new DatabaseContent(configuration.number(), ledger, shards);
            }
        } catch (SQLException e) {
            throw DatabaseSource.unusable(configuration.database(), e);
        }
    }

    /** Whether any account is in any of its shards. */
    static boolean hasAccounts(PhysicalDatabaseConfiguration configuration) {
        try (Connection connection = DatabaseSource.of(configuration.database()).getConnection();
                Statement statement = connection.createStatement()) {
            List<String> looks = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(MIGRATED)) {
                while (rows.next()) {
                    looks.add("EXISTS (SELECT 1 FROM " + rows.getString(1) + ".account)");
                }
            }
            if (looks.isEmpty()) {
                return false;
            }
            try (ResultSet row = statement.executeQuery("SELECT " + String.join(" OR ", looks))) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw DatabaseSource.unusable(configuration.database(), e);
        }
    }
}
