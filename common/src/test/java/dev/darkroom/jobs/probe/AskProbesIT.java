package dev.darkroom.jobs.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which probes a relay asks for, and that it is never more than one of a type. */
@Timeout(60)
class AskProbesIT {

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private static final String OF_TYPES = "SELECT type FROM jobs.job WHERE marks = 64 ORDER BY type";

    private final AskProbes ask = new AskProbes(List.of("a", "b"));
    private LedgerRows rows;

    @BeforeEach
    void begin() {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
    }

    @Test
    void the_next_is_asked_for_when_the_last_is_answered_and_its_time_has_come() throws SQLException {
        run(ask);
        run(ask);
        assertThat(rows.all(OF_TYPES)).containsExactly("a", "b");

        age("1 hour");
        run(ask);
        assertThat(rows.all(OF_TYPES)).containsExactly("a", "b");

        rows.run("DELETE FROM jobs.job WHERE type = 'a'; UPDATE jobs.probe SET job_id = NULL WHERE type = 'a'");
        run(ask);
        assertThat(rows.all(OF_TYPES)).containsExactly("a", "b");
        assertThat(rows.all("SELECT p.type FROM jobs.probe p JOIN jobs.job j ON j.id = p.job_id ORDER BY 1"))
                .containsExactly("a", "b");
    }

    @Test
    void one_whose_row_is_gone_without_an_answer_is_replaced_in_time() throws SQLException {
        run(ask);
        rows.run("DELETE FROM jobs.job WHERE type = 'a'");
        run(ask);
        assertThat(rows.all(OF_TYPES)).containsExactly("b");

        age("11 seconds");
        run(ask);
        assertThat(rows.all(OF_TYPES)).containsExactly("a", "b");
    }

    @Test
    void a_relay_that_dies_before_its_commit_has_asked_for_nothing() throws SQLException {
        try (Connection dies = POSTGRES.dataSource().getConnection()) {
            dies.setAutoCommit(false);
            ask.run(dies);
            dies.rollback();
            dies.setAutoCommit(true);
        }
        assertThat(rows.count("job") + rows.count("probe")).isZero();

        run(ask);
        assertThat(rows.all(OF_TYPES)).containsExactly("a", "b");
    }

    @Test
    void of_two_relays_that_think_they_lead_one_asks() throws Exception {
        run(ask);
        rows.run("TRUNCATE jobs.job; UPDATE jobs.probe SET job_id = NULL, asked_at = asked_at - interval '11 seconds'");
        try (Connection first = POSTGRES.dataSource().getConnection()) {
            first.setAutoCommit(false);
            ask.run(first);
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> runUnchecked(ask));
            awaitWaitingForALock();
            first.commit();
            first.setAutoCommit(true);
            second.get(20, TimeUnit.SECONDS);
        }
        assertThat(rows.all(OF_TYPES)).containsExactly("a", "b");
        assertThat(rows.count("job")).isEqualTo(2);
    }

    @Test
    void a_paused_type_is_not_probed() throws SQLException {
        rows.run("INSERT INTO jobs.type_state (type, paused) VALUES ('a', true)");
        run(ask);
        assertThat(rows.all(OF_TYPES)).containsExactly("b");
    }

    @Test
    void a_type_that_is_no_more_is_forgotten_with_its_probe() throws SQLException {
        run(ask);
        run(new AskProbes(List.of("b")));
        assertThat(rows.all(OF_TYPES)).containsExactly("b");
        assertThat(rows.all("SELECT type FROM jobs.probe")).containsExactly("b");
    }

    private void age(String interval) {
        rows.run("UPDATE jobs.probe SET asked_at = asked_at - interval '" + interval + "'");
    }

    private static void run(AskProbes ask) throws SQLException {
        try (Connection connection = POSTGRES.dataSource().getConnection()) {
            ask.run(connection);
        }
    }

    private static void runUnchecked(AskProbes ask) {
        try {
            run(ask);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitWaitingForALock() throws InterruptedException {
        while (rows.one("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                .equals("0")) {
            Pause.SLEEP.pause(Duration.ofMillis(10));
        }
    }
}
