package dev.darkroom.ops.killtest.parts;

import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.ops.killtest.load.LoadSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** The tables of the ledger and those of the test, which are not part of it. */
final class TestSchema {

    private static final String TABLES = """
            CREATE SCHEMA killtest;

            -- Holds nothing: a batch that refers to it is refused at its commit.
            CREATE TABLE killtest.refusal (id integer PRIMARY KEY);

            -- A row for every transaction of a producer, by which one tells whether it took place.
            CREATE TABLE killtest.batch (
              producer integer NOT NULL,
              batch    integer NOT NULL,
              jobs     integer NOT NULL,
              refusal  integer REFERENCES killtest.refusal DEFERRABLE INITIALLY DEFERRED,
              PRIMARY KEY (producer, batch)
            );

            -- Not unique: a second effect has to show.
            CREATE TABLE killtest.effect (key bigint NOT NULL);

            CREATE TABLE killtest.intent (
              key   bigint PRIMARY KEY,
              tries integer NOT NULL DEFAULT 0,
              at    timestamptz NOT NULL DEFAULT clock_timestamp()
            );
            """;

    private TestSchema() {}

    static void create(String jdbcUrl) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        LedgerSchema.migrate(source, LoadSettings.DATABASE);
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
    }
}
