package dev.darkroom.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianPostgresIT {

    @TempDir
    private Path folder;

    @Test
    void starts_the_distributions_server_and_stops_it() throws Exception {
        Path binaries = DebianServers.require(DebianServers.postgresBinaries(), "postgresql");
        String major = binaries.getParent().getFileName().toString();
        EmbeddedPostgres postgres = EmbeddedPostgres.builder(folder.resolve("pg"))
                .binaries(binaries)
                .start();
        try (postgres;
                Connection connection = DriverManager.getConnection(postgres.jdbcUrl("postgres"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_version_num")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).startsWith(major);
        }
        assertThat(ProcessHandle.of(postgres.pid())).isEmpty();
    }
}
