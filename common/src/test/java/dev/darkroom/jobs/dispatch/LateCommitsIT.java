package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing here sweeps: what is found is found by looking over what is settled. */
class LateCommitsIT {

    private static final String INSERT = "INSERT INTO jobs.job (type, lane, args) VALUES ('test.step', '%s', '')";

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private final LateCommits lateCommits = new LateCommits();
    private final TypeDispatch dispatch = new TypeDispatch("test.step", new QuietBroker().taking());
    private LedgerRows rows;
    private Connection relay;
    private Connection slow;

    @BeforeEach
    void begin() throws SQLException {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
        relay = POSTGRES.dataSource().getConnection();
        slow = POSTGRES.dataSource().getConnection();
        slow.setAutoCommit(false);
        // A sequence that has given nothing says that the first id is its last, and that one would not be looked over.
        rows.one("SELECT nextval('jobs.job_id')");
        look(1);
    }

    @AfterEach
    void end() throws SQLException {
        slow.rollback();
        slow.setAutoCommit(true);
        slow.close();
        relay.close();
    }

    @Test
    void a_row_committed_behind_what_was_read_of_its_lane_is_handed_out_next() throws SQLException {
        insertSlowly("a");
        rows.run(INSERT.formatted("a"));
        assertThat(fill()).isEqualTo(1);
        look(3);
        slow.commit();
        assertThat(fill()).isZero();

        look(2);

        assertThat(fill()).isEqualTo(1);
        assertThat(dispatch.inFlight().size()).isEqualTo(2);
    }

    @Test
    void a_row_whose_transaction_lasts_is_waited_for_and_holds_up_no_other() throws SQLException {
        insertSlowly("a");
        rows.run(INSERT.formatted("a"));
        fill();
        look(40);
        try (Connection second = POSTGRES.dataSource().getConnection()) {
            second.setAutoCommit(false);
            execute(second, INSERT.formatted("a"));
            rows.run(INSERT.formatted("a"));
            assertThat(fill()).isEqualTo(1);
            look(2);
            second.commit();
            second.setAutoCommit(true);
        }

        look(40);

        assertThat(fill()).isEqualTo(1);
    }

    @Test
    void what_is_in_flight_or_still_to_be_read_is_left_alone() throws SQLException {
        rows.run(INSERT.formatted("a"));
        fill();
        rows.run(INSERT.formatted("b"));

        look(5);

        assertThat(dispatch.hasBacklog()).isFalse();
        assertThat(fill()).isEqualTo(1);
    }

    private void insertSlowly(String lane) throws SQLException {
        execute(slow, INSERT.formatted(lane));
    }

    private void look(int times) throws SQLException {
        for (int i = 0; i < times; i++) {
            lateCommits.look(relay, Map.of("test.step", dispatch));
        }
    }

    private int fill() throws SQLException {
        return dispatch.fill(relay, new TreeSet<>(Set.of((short) 1)), 0, 8, Set.of(), Admission.FREE);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
