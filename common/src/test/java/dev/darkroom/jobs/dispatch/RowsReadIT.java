package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.ledger.KnownWorkers;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.unique.SweepKeys;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** What is done many times a second reads what it is about, and not the many rows whose time has not come. */
class RowsReadIT {

    private static final int MANY = 20_000;
    private static final int FEW = 200;
    private static final SortedSet<Short> NORMAL = new TreeSet<>(Set.of((short) 1));

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private LedgerRows rows;
    private Connection connection;

    @BeforeEach
    void begin() throws SQLException {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
        connection = POSTGRES.dataSource().getConnection();
        connection.setAutoCommit(false);
    }

    @AfterEach
    void end() throws SQLException {
        connection.close();
    }

    @Test
    void one_due_retry_is_moved_without_reading_those_due_later() throws SQLException {
        insertLater(1, MANY, "1 hour");
        insertLater(MANY + 1, MANY + 1, "-1 second");
        rows.run("VACUUM ANALYZE jobs.later_job");

        assertThat(new PromoteDueJobs().promote(connection)).hasSize(1);

        assertThat(rowsRead("later_job")).isLessThan(FEW);
    }

    @Test
    void deadlines_that_have_not_come_are_not_read() throws SQLException {
        rows.run("INSERT INTO jobs.job (type, args, marks, expires_at)"
                + " SELECT 'test.step', '', 8, clock_timestamp() + interval '1 hour' FROM generate_series(1, " + MANY
                + ")");
        rows.run("VACUUM ANALYZE jobs.job");

        assertThat(DiscardExpired.discard(connection, new QuietBroker(), Set.of()))
                .isFalse();

        assertThat(rowsRead("job")).isLessThan(FEW);
    }

    @Test
    void of_very_many_deadlines_that_have_passed_a_batch_is_read_at_a_time() throws SQLException {
        rows.run("INSERT INTO jobs.job (type, args, marks, expires_at)"
                + " SELECT 'test.step', '', 8, clock_timestamp() - interval '1 hour' FROM generate_series(1, "
                + 3 * MANY + ")");
        rows.run("VACUUM ANALYZE jobs.job");

        assertThat(DiscardExpired.discard(connection, new QuietBroker(), Set.of()))
                .isTrue();

        assertThat(rowsRead("job")).isLessThan(3 * MANY);
    }

    @Test
    void keys_whose_period_goes_on_are_not_read() throws SQLException {
        rows.run("INSERT INTO jobs.unique_job (type, key, job_id, expires_at)"
                + " SELECT 'test.step', 'k' || i, i, clock_timestamp() + interval '1 hour' FROM generate_series(1, "
                + MANY + ") AS i");
        rows.run("UPDATE jobs.unique_job SET expires_at = clock_timestamp() WHERE job_id = 1");
        rows.run("VACUUM ANALYZE jobs.unique_job");

        SweepKeys.expired(connection);

        assertThat(rowsRead("unique_job")).isLessThan(FEW);
        connection.commit();
        assertThat(rows.count("unique_job")).isEqualTo(MANY - 1);
    }

    @Test
    void more_late_rows_than_one_sweep_reads_are_found_by_the_next() throws SQLException {
        rows.run("INSERT INTO jobs.job (id, type, lane, args)"
                + " SELECT i * 8192 + 1, 'test.step', 'big', '' FROM generate_series(3001, 3008) i");
        TypeDispatch dispatch = new TypeDispatch("test.step", new QuietBroker());
        fill(dispatch, 8);
        rows.run("INSERT INTO jobs.job (id, type, lane, args)"
                + " SELECT i * 8192 + 1, 'test.step', 'big', '' FROM generate_series(1, 1500) i");

        for (int turn = 0; turn < 3; turn++) {
            SweepInFlight.sweep(connection, dispatch, true, new QuietBroker(), KnownWorkers.NONE);
            fill(dispatch, 2_000);
        }

        assertThat(dispatch.inFlight().size()).isEqualTo(1_508);
    }

    @Test
    void a_lane_of_many_is_not_read_for_its_first_rows_though_few_waited_a_moment_ago() throws SQLException {
        rows.run("ALTER TABLE jobs.job SET (autovacuum_enabled = off)");
        rows.run(
                "INSERT INTO jobs.job (type, lane, args) SELECT 'test.step', 'big', convert_to(repeat('x', 200), 'UTF8')"
                        + " FROM generate_series(1, " + MANY + ")");
        rows.run("DELETE FROM jobs.job WHERE id <= (SELECT max(id) FROM jobs.job) - 8192 * 100");
        rows.run("VACUUM ANALYZE jobs.job");
        try (RelaySession session = RelaySession.open(POSTGRES.dataSource(), Duration.ofSeconds(10))) {
            TypeDispatch dispatch = new TypeDispatch("test.step", new QuietBroker().taking());
            // Often enough for a plan that is kept.
            for (int i = 0; i < 20; i++) {
                rows.run(
                        "INSERT INTO jobs.job (type, lane, args) SELECT 'test.step', 'big', '' FROM generate_series(1, 8)");
                takeEight(session.connection(), dispatch);
            }
            rows.run("INSERT INTO jobs.job (type, lane, args) SELECT 'test.step', 'big', '' FROM generate_series(1, "
                    + MANY + ")");
            long before = entriesRead(session.connection());

            takeEight(session.connection(), dispatch);

            assertThat(dispatch.inFlight().size()).isEqualTo(21 * 8);
            assertThat(entriesRead(session.connection()) - before).isBetween(1L, (long) FEW);
        } finally {
            rows.run("ALTER TABLE jobs.job RESET (autovacuum_enabled)");
        }
    }

    /** Of any index of the table. */
    private static long entriesRead(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement()) {
            select.execute("SELECT pg_stat_force_next_flush()");
            try (ResultSet row = select.executeQuery("SELECT sum(idx_tup_read) + (SELECT seq_tup_read FROM"
                    + " pg_stat_user_tables WHERE schemaname = 'jobs' AND relname = 'job') FROM pg_stat_user_indexes"
                    + " WHERE schemaname = 'jobs' AND relname = 'job'")) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private int fill(TypeDispatch dispatch, int threads) throws SQLException {
        return dispatch.fill(connection, NORMAL, 0, threads, Set.of(), Admission.FREE);
    }

    /** A full window, but for handlers that have nothing to do. */
    private static void takeEight(Connection connection, TypeDispatch dispatch) throws SQLException {
        int threads = dispatch.inFlight().size() + 8;
        dispatch.fill(connection, NORMAL, Window.LARGEST, threads, Set.of(), Admission.FREE);
    }

    @Test
    void a_relays_statements_are_neither_compiled_nor_run_in_parallel() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(POSTGRES.jdbcUrl());
        source.setOptions("-c jit=on -c max_parallel_workers_per_gather=2");

        try (RelaySession session = RelaySession.open(source, Duration.ofSeconds(10))) {
            assertThat(setting(session.connection(), "jit")).isEqualTo("off");
            assertThat(setting(session.connection(), "max_parallel_workers_per_gather"))
                    .isEqualTo("0");
        }
    }

    private void insertLater(int first, int last, String due) {
        rows.run("INSERT INTO jobs.later_job (id, type, lane, args, run_at, turn, attempt)"
                + " SELECT i, 'test.step', 'lane-' || i % 100, convert_to(repeat('x', 200), 'UTF8'),"
                + " clock_timestamp() + interval '" + due + "', 1, 1 FROM generate_series(" + first + ", " + last
                + ") AS i");
    }

    /** By this transaction, as PostgreSQL counts them. */
    private long rowsRead(String table) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(
                        "SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables"
                                + " WHERE schemaname = 'jobs' AND relname = '" + table + "'")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }
}
