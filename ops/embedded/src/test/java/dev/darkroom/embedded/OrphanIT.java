package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server never outlives its starter; where it did, the next start puts things right. */
class OrphanIT {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sleep", "redis"})
    void the_child_stops_when_its_starter_is_killed(String kind) throws Exception {
        Path data = Files.createDirectory(folder.resolve(kind));
        try (Starter starter = start(kind, data)) {
            starter.kill();
            starter.awaitEndOfChild();
        }
    }

    @Test
    void postgres_is_shut_down_in_order_when_its_starter_is_killed() throws Exception {
        Path data = folder.resolve("pg");
        try (Starter starter = start("postgres", data)) {
            starter.kill();
            starter.awaitEndOfChild();
        }
        assertThat(Files.readString(folder.resolve("pg.log"))).contains("database system is shut down");
        assertThat(data.resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void a_postgres_left_by_a_killed_starter_is_replaced() throws Exception {
        Path data = folder.resolve("pg");
        try (Starter starter = start("postgres", data)) {
            Starter.guardOf(starter.child()).orElseThrow().destroyForcibly();
            starter.kill();
            assertThat(starter.childRuns()).isTrue();
            try (EmbeddedPostgres next =
                    EmbeddedPostgres.builder(data).port(starter.port()).start()) {
                assertThat(starter.childRuns()).isFalse();
                assertThat(EmbeddedPostgresIT.query(next.jdbcUrl("photos"), "SELECT 1"))
                        .isEqualTo("1");
            }
        }
    }

    @Test
    void a_redis_left_by_a_killed_starter_is_replaced() throws Exception {
        Path data = folder.resolve("redis");
        try (Starter starter = start("redis", data)) {
            Starter.guardOf(starter.child()).orElseThrow().destroyForcibly();
            starter.kill();
            assertThat(starter.childRuns()).isTrue();
            try (EmbeddedRedis next =
                    EmbeddedRedis.builder(data).durable().port(starter.port()).start()) {
                assertThat(starter.childRuns()).isFalse();
                assertThat(EmbeddedRedisIT.ask(next, "PING")).isEqualTo("+PONG");
            }
        }
    }

    @Test
    void a_folder_whose_starter_lives_is_left_alone() throws Exception {
        Path data = folder.resolve("pg");
        try (Starter starter = start("postgres", data)) {
            assertThatThrownBy(() -> EmbeddedPostgres.builder(data).start())
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining(
                            "in use by process " + starter.process().pid());
            assertThat(starter.childRuns()).isTrue();
            starter.kill();
            starter.awaitEndOfChild();
        }
    }

    private static Starter start(String kind, Path data) throws Exception {
        return Starter.start(ChildJvm.command(StarterMain.class, kind, data, UnpackedBinaries.userCache()));
    }
}
