package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RelayLeadershipIT {

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private final RelayLeadership ana = new RelayLeadership("here");
    private final RelayLeadership bob = new RelayLeadership("there");
    private LedgerRows rows;

    @BeforeEach
    void begin() {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
    }

    @Test
    void one_leads_and_the_other_waits() throws SQLException {
        try (Connection connection = POSTGRES.dataSource().getConnection()) {
            assertThat(ana.acquire(connection)).isTrue();
            assertThat(bob.acquire(connection)).isFalse();
            assertThat(ana.acquire(connection)).as("renewal").isTrue();
            assertThat(ana.holds(connection)).isTrue();
        }
    }

    @Test
    void a_holder_whose_term_ran_out_holds_no_longer() throws SQLException {
        try (Connection connection = POSTGRES.dataSource().getConnection()) {
            ana.acquire(connection);
            long term = ana.term();
            rows.run("UPDATE jobs.relay SET expires_at = clock_timestamp() - interval '1 second'");

            assertThat(ana.holds(connection)).isFalse();
            assertThat(bob.acquire(connection)).isTrue();
            assertThat(bob.term()).isGreaterThan(term);
            assertThat(ana.acquire(connection)).isFalse();
            assertThat(ana.holds(connection)).isFalse();
        }
    }

    @Test
    void who_resigns_is_followed_at_once() throws SQLException {
        try (Connection connection = POSTGRES.dataSource().getConnection()) {
            ana.acquire(connection);
            ana.resign(connection);

            assertThat(bob.acquire(connection)).isTrue();
        }
    }
}
