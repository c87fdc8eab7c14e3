package dev.darkroom.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.config.DatabaseConfiguration;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.config.PhysicalDatabaseConfiguration;
import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.shards.schema.SchemaMigration;
import dev.darkroom.testing.ShardsExtension;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ids by clocks that lie. The functions of a shard name {@code clock_timestamp()} without a schema, so a connection whose
 * search path begins with another schema has a clock of the test's making.
 */
class NextIdClockIT {

    private static final int CONNECTIONS = 24;
    private static final int CALLS = 150;
    private static final ShardId SHARD = new ShardId(3);
    private static final String NEXT = "SELECT " + SHARD.schema() + ".next_id()";

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(List.of());

    @TempDir
    private Path folder;

    @Test
    void ids_differ_though_the_clock_of_each_connection_steps_to_and_fro() throws Exception {
        DatabaseConfiguration database = SHARDS.parts().databases().get(1).database();
        makeClock(database.url());
        CyclicBarrier start = new CyclicBarrier(CONNECTIONS);
        ExecutorService callers = Executors.newFixedThreadPool(CONNECTIONS);
        List<Future<List<Long>>> calls = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            calls.add(callers.submit(() -> {
                try (Connection connection = connect(database.url(), "0", "2 seconds")) {
                    start.await();
                    return ids(connection, CALLS);
                }
            }));
        }
        Set<Long> all = new HashSet<>();
        for (Future<List<Long>> call : calls) {
            List<Long> ids = call.get();
            assertThat(ids).isSorted();
            all.addAll(ids);
        }
        callers.shutdown();

        assertThat(all).hasSize(CONNECTIONS * CALLS);
    }

    @Test
    void no_id_comes_again_after_a_crash_and_a_clock_that_was_put_back() throws Exception {
        EmbeddedPostgres killed = EmbeddedPostgres.builder(folder.resolve("pg")).start();
        killed.createDatabaseIfMissing("photos");
        String url = killed.jdbcUrl("photos");
        SchemaMigration.migrate(parts(url));
        makeClock(url);
        Queue<Long> before = new ConcurrentLinkedQueue<>();
        CountDownLatch some = new CountDownLatch(500);
        ExecutorService callers = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            callers.execute(() -> takeUntilTheEnd(url, before, some));
        }
        assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
        ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
        killed.onExit().get(20, TimeUnit.SECONDS);
        callers.shutdown();
        assertThat(callers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

        try (EmbeddedPostgres again =
                        EmbeddedPostgres.builder(folder.resolve("pg")).start();
                Connection connection = connect(again.jdbcUrl("photos"), "0", "0")) {
            assertThat(IdLayout.instantOf(Collections.max(before)))
                    .as("the clock was an hour fast")
                    .isCloseTo(Instant.now().plus(1, ChronoUnit.HOURS), within(2, ChronoUnit.MINUTES));
            assertThat(ids(connection, 50)).isSorted().allMatch(id -> id > Collections.max(before));
        }
    }

    private static void takeUntilTheEnd(String url, Queue<Long> taken, CountDownLatch some) {
        try (Connection connection = connect(url, "1 hour", "0");
                PreparedStatement next = connection.prepareStatement(NEXT)) {
            while (true) {
                try (ResultSet row = next.executeQuery()) {
                    row.next();
                    taken.add(row.getLong(1));
                    some.countDown();
                }
            }
        } catch (SQLException e) {
            // The server was killed.
            assertThat(taken).isNotEmpty();
        }
    }

    private static List<Long> ids(Connection connection, int count) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement next = connection.prepareStatement(NEXT)) {
            for (int i = 0; i < count; i++) {
                try (ResultSet row = next.executeQuery()) {
                    row.next();
                    ids.add(row.getLong(1));
                }
            }
        }
        return ids;
    }

    private static void makeClock(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, EmbeddedPostgres.USER, null)) {
            connection.createStatement().execute("""
                    CREATE SCHEMA lying;
                    CREATE FUNCTION lying.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
                      SELECT pg_catalog.clock_timestamp() + current_setting('lying.fast')::interval
                        + (random() - 0.5) * current_setting('lying.jumps')::interval
                    $$""");
        }
    }

    /**
     * @param fast how far the clock is ahead
     * @param jumps how far it jumps, from its earliest to its latest
     */
    private static Connection connect(String url, String fast, String jumps) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", EmbeddedPostgres.USER);
        properties.setProperty(
                "options",
                "-c search_path=lying,pg_catalog -c lying.fast=" + fast.replace(" ", "\\ ") + " -c lying.jumps="
                        + jumps.replace(" ", "\\ "));
        return DriverManager.getConnection(url, properties);
    }

    private static PartsConfiguration parts(String url) {
        DatabaseConfiguration database = new DatabaseConfiguration(url, EmbeddedPostgres.USER, null, 4);
        return new PartsConfiguration(
                SHARDS.parts().gearman(),
                database,
                List.of(new PhysicalDatabaseConfiguration(1, 0, 3, database)),
                SHARDS.parts().redis(),
                SHARDS.parts().s3());
    }
}
