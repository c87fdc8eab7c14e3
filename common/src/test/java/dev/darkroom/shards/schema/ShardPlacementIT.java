package dev.darkroom.shards.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.config.DatabaseConfiguration;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.config.PhysicalDatabaseConfiguration;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.shards.Shards;
import dev.darkroom.testing.PostgresExtension;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.TestUsers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A configuration that does not fit the data, on databases that hold a user in each of four shards. */
class ShardPlacementIT {

    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AtomicInteger COPIES = new AtomicInteger();

    private static PartsConfiguration original;

    private PartsConfiguration parts;
    private DatabaseConfiguration first;
    private DatabaseConfiguration second;

    @BeforeAll
    static void make() throws SQLException {
        original = ShardsExtension.parts(POSTGRES);
        SchemaMigration.migrate(original);
        try (Shards shards = Shards.open(original, JobTypes.of(), DirectSubmission.NONE)) {
            TestUsers.make(shards, 4);
        }
    }

    /** A refused configuration changes nothing, so that most tests may share the databases. */
    @BeforeEach
    void share() {
        use(original);
    }

    private void use(PartsConfiguration configuration) {
        parts = configuration;
        first = configuration.databases().get(0).database();
        second = configuration.databases().get(1).database();
    }

    private void copy() throws SQLException {
        use(new PartsConfiguration(
                original.gearman(),
                copyOf(original.directory()),
                List.of(
                        new PhysicalDatabaseConfiguration(1, 0, 1, copyOf(first)),
                        new PhysicalDatabaseConfiguration(2, 2, 3, copyOf(second))),
                original.redis(),
                original.s3()));
    }

    /** Faster than migrating. */
    private static DatabaseConfiguration copyOf(DatabaseConfiguration database) throws SQLException {
        String name = nameOf(database) + "_copy_" + COPIES.incrementAndGet();
        DatabaseConfiguration maintenance =
                new DatabaseConfiguration(POSTGRES.jdbcUrl("postgres"), database.user(), null, 1);
        execute(maintenance, "CREATE DATABASE " + name + " TEMPLATE " + nameOf(database));
        return new DatabaseConfiguration(POSTGRES.jdbcUrl(name), database.user(), null, database.poolSize());
    }

    private static String nameOf(DatabaseConfiguration database) {
        return database.url().replaceAll(".*/|[?].*", "");
    }

    @Test
    void a_shard_that_was_given_to_another_database_without_its_data_is_refused_and_not_made_anew()
            throws SQLException {
        assertRefused(
                with(database(1, List.of("0"), first), database(2, List.of("1-3"), second)),
                "shards 1 are configured for database 2 and are in database 1",
                "docs/runbook/move-a-shard.md");

        assertThat(hasSchema(second, "shard_0001")).isFalse();
        assertThatCode(() -> SchemaMigration.migrate(parts)).doesNotThrowAnyException();
    }

    @Test
    void shards_whose_database_was_replaced_by_an_empty_one_are_missed() throws SQLException {
        DatabaseConfiguration empty = ShardsExtension.database(POSTGRES);

        assertRefused(
                with(database(1, List.of("0-1"), first), database(2, List.of("2-3"), empty)),
                "shards 2-3 are configured for database 2, were in database 2 at the last start, and are in none now");

        assertThat(hasSchema(empty, "jobs")).isFalse();
    }

    @Test
    void a_shard_that_is_in_two_databases_is_refused() throws SQLException {
        copy();
        execute(second, "CREATE SCHEMA shard_0001");

        assertRefused(parts, "shards 1 are in database 1 and database 2: rename or drop the schema");
    }

    @Test
    void a_shard_that_is_no_longer_configured_is_missed() throws SQLException {
        assertRefused(
                with(database(1, List.of("0-1"), first), database(2, List.of("2"), second)),
                "shards 3 hold data in database 2 and are not configured");
    }

    @Test
    void databases_that_were_exchanged_are_told_by_their_ledgers() {
        assertRefused(
                with(database(1, List.of("2-3"), second), database(2, List.of("0-1"), first)),
                first.url() + " is database 1 by the jobs in it, and is configured as database 2");
    }

    @Test
    void a_database_whose_ledger_may_hold_jobs_is_not_left_out() throws SQLException {
        copy();
        execute(first, "ALTER SCHEMA shard_0000 RENAME TO shard_0000_left");
        execute(first, "ALTER SCHEMA shard_0001 RENAME TO shard_0001_left");
        execute(second, "CREATE SCHEMA shard_0000");
        execute(second, "CREATE SCHEMA shard_0001");

        assertRefused(with(database(2, List.of("0-3"), second)), "database 1 is no longer configured", "shards: []");
        SchemaMigration.migrate(with(database(1, List.of(), first), database(2, List.of("0-3"), second)));
        assertThat(hasSchema(first, "shard_0000")).isFalse();
    }

    @Test
    void the_directory_of_another_system_is_refused() throws SQLException {
        assertRefused(
                new PartsConfiguration(
                        parts.gearman(),
                        ShardsExtension.database(POSTGRES),
                        parts.databases(),
                        parts.redis(),
                        parts.s3()),
                "has no username: it belongs to another system");
    }

    @Test
    void a_shard_that_was_moved_with_its_data_is_accepted_from_then_on() throws SQLException {
        copy();
        execute(first, "ALTER SCHEMA shard_0001 RENAME TO shard_0001_left");
        execute(second, "CREATE SCHEMA shard_0001");
        PartsConfiguration moved = with(database(1, List.of("0"), first), database(2, List.of("1-3"), second));

        SchemaMigration.migrate(moved);

        assertThatCode(() -> SchemaMigration.migrate(moved)).doesNotThrowAnyException();
        assertRefused(parts, "shards 1 are configured for database 1 and are in database 2");
    }

    private static void assertRefused(PartsConfiguration configuration, String... words) {
        assertThatThrownBy(() -> SchemaMigration.migrate(configuration))
                .isInstanceOf(MisplacedShardsException.class)
                .hasMessageContainingAll(words);
    }

    private PartsConfiguration with(PhysicalDatabaseConfiguration... databases) {
        return new PartsConfiguration(
                parts.gearman(), parts.directory(), List.of(databases), parts.redis(), parts.s3());
    }

    private static PhysicalDatabaseConfiguration database(
            int number, List<String> shards, DatabaseConfiguration configuration) {
        return new PhysicalDatabaseConfiguration(number, shards, configuration);
    }

    private static boolean hasSchema(DatabaseConfiguration database, String schema) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), null)) {
            return connection
                    .createStatement()
                    .executeQuery("SELECT 1 FROM pg_namespace WHERE nspname = '" + schema + "'")
                    .next();
        }
    }

    private static void execute(DatabaseConfiguration database, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), null)) {
            connection.createStatement().execute(statement);
        }
    }
}
