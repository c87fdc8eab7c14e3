package dev.darkroom.shards.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.config.DatabaseConfiguration;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.config.PhysicalDatabaseConfiguration;
import dev.darkroom.testing.PostgresExtension;
import dev.darkroom.testing.ShardsExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchemaMigrationIT {

    private static final int PROCESSES = 10;

    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    @Test
    void processes_that_start_together_migrate_once() throws Exception {
        PartsConfiguration parts = ShardsExtension.parts(POSTGRES);
        CyclicBarrier start = new CyclicBarrier(PROCESSES);
        ExecutorService processes = Executors.newFixedThreadPool(PROCESSES);
        List<Future<?>> runs = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            runs.add(processes.submit(() -> {
                start.await();
                SchemaMigration.migrate(parts);
                return null;
            }));
        }
        for (Future<?> run : runs) {
            run.get();
        }
        processes.shutdown();

        for (DatabaseConfiguration database : List.of(
                parts.directory(),
                parts.databases().get(0).database(),
                parts.databases().get(1).database())) {
            assertThat(repeatedMigrations(database)).isEmpty();
        }

        assertThat(schemas(parts.directory())).containsExactly("directory", "replay");
        assertThat(schemas(parts.databases().get(0).database())).containsExactly("jobs", "shard_0000", "shard_0001");
        assertThat(schemas(parts.databases().get(1).database())).containsExactly("jobs", "shard_0002", "shard_0003");
    }

    @Test
    void sixteen_shards_that_are_up_to_date_take_under_two_seconds() throws SQLException {
        PhysicalDatabaseConfiguration database =
                new PhysicalDatabaseConfiguration(1, 0, 15, ShardsExtension.database(POSTGRES));
        SchemaMigration.migrateDatabase(database);
        long begin = System.nanoTime();
        SchemaMigration.migrateDatabase(database);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void a_shard_that_was_added_later_is_made_beside_those_there_are() throws SQLException {
        DatabaseConfiguration database = ShardsExtension.database(POSTGRES);
        SchemaMigration.migrateDatabase(new PhysicalDatabaseConfiguration(1, 0, 1, database));
        SchemaMigration.migrateDatabase(new PhysicalDatabaseConfiguration(1, 0, 2, database));

        assertThat(schemas(database)).containsExactly("jobs", "shard_0000", "shard_0001", "shard_0002");
    }

    /** Of each schema's history, what was installed more than once or failed. */
    private static List<String> repeatedMigrations(DatabaseConfiguration database) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String schema : schemas(database)) {
            try (Connection connection = DriverManager.getConnection(database.url(), database.user(), null);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT version FROM " + schema
                            + ".flyway_schema_history WHERE version IS NOT NULL GROUP BY version"
                            + " HAVING count(*) > 1 OR NOT bool_and(success)")) {
                while (row.next()) {
                    found.add(schema + " " + row.getString(1));
                }
            }
        }
        return found;
    }

    private static List<String> schemas(DatabaseConfiguration database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), null);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT schemaname FROM pg_tables"
                        + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') GROUP BY 1 ORDER BY 1")) {
            List<String> names = new ArrayList<>();
            while (row.next()) {
                names.add(row.getString(1));
            }
            return names;
        }
    }
}
