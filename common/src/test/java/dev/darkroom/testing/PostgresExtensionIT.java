package dev.darkroom.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresExtensionIT {

    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension()
            .withSchema("extension_test", database -> execute(database, "CREATE TABLE photo AS SELECT 7 AS id"));

    @RegisterExtension
    static final PostgresExtension DURABLE = new PostgresExtension().durable();

    @Test
    void gives_each_database_the_schema_and_nothing_of_the_others() throws Exception {
        execute(POSTGRES.dataSource(), "UPDATE photo SET id = 8");
        String other = POSTGRES.createDatabase();
        assertThat(query(POSTGRES.dataSource(other, 1), "SELECT id FROM photo")).isEqualTo("7");
        assertThat(query(POSTGRES.dataSource(), "SELECT id FROM photo")).isEqualTo("8");
    }

    @Test
    void sessions_do_not_live_in_utc() throws Exception {
        assertThat(query(POSTGRES.dataSource(), "SHOW timezone")).isEqualTo(PostgresExtension.TIME_ZONE);
    }

    @Test
    void flushes_commits_only_where_asked() throws Exception {
        assertThat(query(POSTGRES.dataSource(), "SHOW fsync")).isEqualTo("off");
        assertThat(query(DURABLE.dataSource(), "SHOW fsync")).isEqualTo("on");
        assertThat(query(DURABLE.dataSource(), "SHOW synchronous_commit")).isEqualTo("on");
    }

    private static String query(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
