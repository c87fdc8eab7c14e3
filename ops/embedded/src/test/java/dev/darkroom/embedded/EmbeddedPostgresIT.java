package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {

    @TempDir
    private Path folder;

    @Test
    void keeps_its_data_over_a_stop_and_a_start_on_the_same_port() throws Exception {
        Path data = folder.resolve("pg");
        int port;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder(data).start()) {
            port = postgres.port();
            postgres.createDatabaseIfMissing("photos");
            postgres.createDatabaseIfMissing("photos");
            execute(postgres.jdbcUrl("photos"), "CREATE TABLE photo AS SELECT 42 AS id");
        }
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.builder(data).port(port).start()) {
            assertThat(query(postgres.jdbcUrl("photos"), "SELECT id FROM photo"))
                    .isEqualTo("42");
        }
    }

    @Test
    void never_runs_with_unsafe_settings_unless_asked() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder(folder.resolve("pg"))
                .setting("work_mem", "7MB")
                .start()) {
            String url = postgres.jdbcUrl("postgres");
            assertThat(query(url, "SHOW fsync")).isEqualTo("on");
            assertThat(query(url, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(url, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(query(url, "SHOW data_checksums")).isEqualTo("on");
            assertThat(query(url, "SHOW max_connections")).isEqualTo("500");
            assertThat(query(url, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(url, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(query(url, "SHOW jit")).isEqualTo("off");
            assertThat(query(url, "SHOW work_mem")).isEqualTo("7MB");
            assertThat(query(url, "SELECT lower('ÉCLAIR')")).isEqualTo("éclair");
        }
    }

    @Test
    void has_the_pid_of_the_postmaster_and_notices_its_end() throws Exception {
        Path data = folder.resolve("pg");
        try (EmbeddedPostgres postgres = quick(data).start()) {
            assertThat(PostmasterPid.read(data).orElseThrow().pid()).isEqualTo(postgres.pid());
            ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
            assertThat(postgres.onExit().get(5, TimeUnit.SECONDS)).isEqualTo(137);
        }
        try (EmbeddedPostgres recovered = quick(data).start()) {
            assertThat(query(recovered.jdbcUrl("postgres"), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void says_that_a_port_is_in_use() {
        try (EmbeddedPostgres first = quick(folder.resolve("one")).start()) {
            assertThatThrownBy(() ->
                            quick(folder.resolve("two")).port(first.port()).start())
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("Port " + first.port())
                    .hasMessageContaining("choose another port");
        }
    }

    /** Without waiting for the disk: for tests that no crash of the machine is part of. */
    static PostgresBuilder quick(Path data) {
        return EmbeddedPostgres.builder(data).setting("fsync", "off");
    }

    static String query(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
