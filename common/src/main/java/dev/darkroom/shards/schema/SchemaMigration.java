package dev.darkroom.shards.schema;

import dev.darkroom.config.DatabaseConfiguration;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.config.PhysicalDatabaseConfiguration;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.replay.ReplaySchema;
import dev.darkroom.shards.ShardId;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schemas of all databases up to date: the directory, each ledger, each logical shard. Safe to be run by many
 * processes at once, as Flyway locks the history of each schema, and again at any time; behind a pgbouncer it needs addresses
 * that bypass it.
 */
public final class SchemaMigration {

    private SchemaMigration() {}

    /**
     * Migrates everything, once it is certain that the databases are those of this configuration.
     *
     * @throws MisplacedShardsException if a shard is not where the configuration says; then no shard was made or changed
     * @throws FlywayException if a migration fails; what was migrated before it stays
     */
    public static void migrate(PartsConfiguration parts) {
        migrateDirectory(parts.directory());
        ShardPlacement.check(parts);
        parts.databases().forEach(SchemaMigration::migrateDatabase);
        PlacementRecords.write(parts);
    }

    /** The directory database alone. */
    static void migrateDirectory(DatabaseConfiguration directory) {
        with(directory, source -> {
            migrate(source, "directory", "db/directory", Map.of());
            ReplaySchema.migrate(source);
        });
    }

    /** One physical database alone, whatever it holds: its ledger, then its logical shards. */
    static void migrateDatabase(PhysicalDatabaseConfiguration configuration) {
        List<ShardId> shards =
                configuration.shardNumbers().stream().map(ShardId::new).toList();
        with(configuration.database(), source -> {
            LedgerSchema.migrate(source, configuration.number());
            if (!shards.isEmpty()) {
                migrate(source, shards);
            }
        });
    }

    /** Flyway looks after the first shard, then after those alone that are not like it. */
    private static void migrate(DataSource source, List<ShardId> shards) throws SQLException {
        migrate(source, shards.get(0));
        new ShardHistories(source).differingFrom(shards.get(0), shards).forEach(shard -> migrate(source, shard));
    }

    private static void migrate(DataSource source, ShardId shard) {
        migrate(source, shard.schema(), "db/shard", Map.of("shard", Integer.toString(shard.number())));
    }

    private static void migrate(DataSource source, String schema, String location, Map<String, String> placeholders) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:" + location)
                .defaultSchema(schema)
                .placeholders(placeholders)
                .load()
                .migrate();
    }

    private static void with(DatabaseConfiguration configuration, Migrations work) {
        DataSource source = DatabaseSource.of(configuration);
        try {
            // Flyway needs many lines to say that a database is away.
            source.getConnection().close();
            work.run(source);
        } catch (SQLException e) {
            throw DatabaseSource.unusable(configuration, e);
        }
    }

    private interface Migrations {
        void run(DataSource source) throws SQLException;
    }
}
