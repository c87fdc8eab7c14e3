package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GatedSubmissionIT {

    private static final String PUBLISHED = "INSERT INTO jobs.type_state (type, gate_open, quota, published_at)"
            + " VALUES ('test.step', %s, 5, clock_timestamp() - interval '%s seconds')";

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private final QuietBroker broker = new QuietBroker();
    private final GatedSubmission gate = new GatedSubmission(broker);
    private LedgerRows rows;

    @BeforeEach
    void begin() {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
    }

    @Test
    void a_gate_nobody_published_is_shut() throws SQLException {
        assertThat(admits(1)).isFalse();
    }

    @Test
    void an_open_gate_admits_its_quota_and_no_more() throws SQLException {
        rows.run(PUBLISHED.formatted(true, 0));

        assertThat(admits(3)).isTrue();
        assertThat(admits(3)).as("only 2 are left").isFalse();
        assertThat(admits(2)).isTrue();
        assertThat(admits(1)).isFalse();
    }

    @Test
    void a_gate_that_nobody_renews_shuts() throws SQLException {
        rows.run(PUBLISHED.formatted(true, 5));

        assertThat(admits(1)).isFalse();
    }

    @Test
    void a_shut_gate_admits_nothing() throws SQLException {
        rows.run(PUBLISHED.formatted(false, 0));

        assertThat(admits(1)).isFalse();
    }

    @Test
    void a_type_with_a_lane_that_is_held_back_is_admitted_nothing() throws SQLException {
        rows.run(PUBLISHED.formatted(true, 0));
        rows.run("INSERT INTO jobs.breaker (type, lane, state, threshold, first_probe, longest_probe, first_rate,"
                + " top_rate, doubling) VALUES ('test.step', 'a', 'open', 5, '1 s', '1 min', 1, 100, '1 s')");

        assertThat(admits(1)).isFalse();
    }

    @Test
    void nothing_is_admitted_while_no_job_server_is_there() throws SQLException {
        rows.run(PUBLISHED.formatted(true, 0));
        broker.goAway();

        assertThat(admits(1)).isFalse();
    }

    private boolean admits(int count) throws SQLException {
        try (Connection connection = POSTGRES.dataSource().getConnection()) {
            return gate.admits(connection, TestJobs.STEP, count);
        }
    }
}
