package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.breaker.HeldLanes;
import dev.darkroom.jobs.breaker.LaneId;
import dev.darkroom.jobs.ledger.KnownWorkers;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows that another transaction holds are passed over, not waited for: a statement that waited would fail here. */
class PassedOverRowsIT {

    private static final String BREAKERS = """
            INSERT INTO jobs.breaker (type, lane, state, probe_at, since, threshold, first_probe, longest_probe, first_rate,
                                      top_rate, doubling)
            SELECT 'test.call', lane, '%s', clock_timestamp() - interval '1 second', clock_timestamp() - interval '1 hour',
                   5, '1 s', '1 s', 1, 1, '1 s'
            FROM unnest('{held,free}'::text[]) AS lane""";

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private LedgerRows rows;
    private Connection other;
    private Connection relay;

    @BeforeEach
    void begin() throws SQLException {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
        other = POSTGRES.dataSource().getConnection();
        other.setAutoCommit(false);
        relay = POSTGRES.dataSource().getConnection();
        execute(relay, "SET lock_timeout = '100ms'");
    }

    @AfterEach
    void end() throws SQLException {
        other.rollback();
        other.setAutoCommit(true);
        other.close();
        execute(relay, "RESET lock_timeout");
        relay.close();
    }

    @Test
    void a_probe_of_another_lane_is_claimed() throws SQLException {
        rows.run(BREAKERS.formatted("open"));
        hold("jobs.breaker WHERE lane = 'held'");

        assertThat(HeldLanes.claimProbes(relay, "test.call", List.of("held", "free")))
                .containsExactly("free");
    }

    @Test
    void a_breaker_in_use_is_neither_closed_nor_forgotten() throws SQLException {
        rows.run(BREAKERS.formatted("draining"));
        hold("jobs.breaker WHERE lane = 'held'");

        HeldLanes.closeIfDrained(relay, new LaneId("test.call", "held"), List.of());
        HeldLanes.closeIfDrained(relay, new LaneId("test.call", "free"), List.of());
        assertThat(rows.all("SELECT lane FROM jobs.breaker")).containsExactly("held");

        other.rollback();
        rows.run("TRUNCATE jobs.breaker");
        rows.run(BREAKERS.formatted("closed"));
        hold("jobs.breaker WHERE lane = 'held'");
        HeldLanes.forgetOld(relay);
        assertThat(rows.all("SELECT lane FROM jobs.breaker")).containsExactly("held");
    }

    @Test
    void other_leases_of_a_dead_workers_types_end() throws SQLException {
        rows.run("INSERT INTO jobs.dead_worker (worker_id, name, host, pid, types, ending, certain)"
                + " VALUES (gen_random_uuid(), 'w', 'here', 1, '{test.step}', 'was killed', true)");
        jobs("clock_timestamp() + interval '1 minute'", "NULL");
        hold("jobs.job WHERE lane = 'held'");

        new DeathNotices().read(relay);

        assertThat(rows.all("SELECT lane FROM jobs.job WHERE leased_until <= clock_timestamp()"))
                .containsExactly("free");
    }

    @Test
    void other_leases_that_ran_out_are_released_or_renewed() throws SQLException {
        jobs("clock_timestamp() - interval '1 second'", "NULL");
        hold("jobs.job WHERE lane = 'held'");
        List<ReadyJob> released = new ArrayList<>();

        new ExpireLeases().expire(relay, new Answering(false), KnownWorkers.NONE, released::add);
        assertThat(released).hasSize(1);

        rows.run("UPDATE jobs.job SET leased_until = clock_timestamp() - interval '1 second' WHERE lane = 'free'");
        new ExpireLeases().expire(relay, new Answering(true), KnownWorkers.NONE, released::add);
        assertThat(rows.all("SELECT lane FROM jobs.job WHERE leased_until > clock_timestamp()"))
                .containsExactly("free");
    }

    @Test
    void other_jobs_past_their_deadline_are_discarded() throws SQLException {
        jobs("NULL", "clock_timestamp() - interval '1 second'");
        hold("jobs.job WHERE lane = 'held'");

        DiscardExpired.discard(relay, new Answering(false), Set.of());

        assertThat(rows.all("SELECT lane FROM jobs.job")).containsExactly("held");
    }

    private void jobs(String leasedUntil, String expiresAt) {
        rows.run("INSERT INTO jobs.job (type, lane, args, marks, leased_until, expires_at)"
                + " SELECT 'test.step', lane, '{}', 8, %s, %s FROM unnest('{held,free}'::text[]) AS lane"
                        .formatted(leasedUntil, expiresAt));
    }

    private void hold(String what) throws SQLException {
        execute(other, "SELECT 1 FROM " + what + " FOR UPDATE");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Job servers that know every job, or none. */
    private record Answering(boolean known) implements Broker {

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public void submit(List<Outgoing> jobs, Answers answers) {
            throw new IllegalStateException("Nothing is to be submitted");
        }

        @Override
        public CompletionStage<Boolean> knows(long id, int turn) {
            return CompletableFuture.completedFuture(known);
        }

        @Override
        public Map<String, Load> loads() {
            return Map.of();
        }
    }
}
