package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.embedded.PostgresBuilder;
import dev.darkroom.jobs.ledger.KnownWorkers;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.DebianServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * On the PostgreSQL of this machine, where one is installed: before version 18 a scan of an index does not end where the
 * second column of a comparison of two says so.
 */
class SweepReadsIT {

    private static final int MANY = 50_000;

    @TempDir
    private Path folder;

    @Test
    void the_sweep_reads_what_was_handed_out_and_not_what_waits_behind_it() throws SQLException {
        Path installed = DebianServers.require(DebianServers.postgresBinaries(), "postgresql");
        PostgresBuilder builder =
                EmbeddedPostgres.builder(folder.resolve("data")).binaries(installed);
        try (EmbeddedPostgres postgres = builder.start()) {
            postgres.createDatabaseIfMissing("sweep");
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(postgres.jdbcUrl("sweep"));
            LedgerSchema.migrate(source, 1);
            sweepLaneOfMany(source);
        }
    }

    private static void sweepLaneOfMany(PGSimpleDataSource source) throws SQLException {
        LedgerRows rows = new LedgerRows(source);
        rows.run("INSERT INTO jobs.job (type, lane, args) SELECT 'test.step', 'big', '' FROM generate_series(1, " + MANY
                + ")");
        rows.run("VACUUM ANALYZE jobs.job");
        TypeDispatch dispatch = new TypeDispatch("test.step", new QuietBroker());
        try (Connection connection = source.getConnection()) {
            int handedOut = dispatch.fill(connection, new TreeSet<>(Set.of((short) 1)), 0, 8, Set.of(), Admission.FREE);
            rows.run("DELETE FROM jobs.job WHERE id = (SELECT min(id) FROM jobs.job)");
            long before = indexPagesRead(connection);

            SweepInFlight.sweep(connection, dispatch, true, new QuietBroker(), KnownWorkers.NONE);

            assertThat(dispatch.inFlight().size()).isEqualTo(handedOut - 1);
            assertThat(indexPagesRead(connection) - before).isBetween(1L, 20L);
        }
    }

    /** Of the index of waiting jobs, by all sessions that have told so far; this one does so now. */
    private static long indexPagesRead(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement()) {
            select.execute("SELECT pg_stat_force_next_flush()");
            try (ResultSet row = select.executeQuery("SELECT idx_blks_read + idx_blks_hit FROM pg_statio_user_indexes"
                    + " WHERE indexrelname = 'job_waiting'")) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
