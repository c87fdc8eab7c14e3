package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.ledger.DirectSubmission;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process stands still in the middle of a transaction, on another host perhaps: to the database it is idle, and has locks. */
@Timeout(90)
class HeldRowsIT extends PlatformFixture {

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    /** A row that the relay wants to write, and that somebody else may hold. */
    private enum HeldRow {
        BREAKER_TO_PROBE("""
                INSERT INTO jobs.job (type, lane, args) VALUES ('test.call', 'down', '{}');
                INSERT INTO jobs.breaker (type, lane, state, probe_at, threshold, first_probe, longest_probe, first_rate,
                                          top_rate, doubling)
                VALUES ('test.call', 'down', 'open', clock_timestamp() - interval '1 second', 5, '1 s', '1 s', 1, 1, '1 s')
                """, "SELECT 1 FROM jobs.breaker FOR UPDATE"),
        BREAKER_TO_CLOSE("""
                INSERT INTO jobs.breaker (type, lane, state, since, threshold, first_probe, longest_probe, first_rate,
                                          top_rate, doubling)
                VALUES ('test.call', 'up', 'draining', clock_timestamp() - interval '1 hour', 5, '1 s', '1 s', 1, 1, '1 s')
                """, "SELECT 1 FROM jobs.breaker FOR UPDATE"),
        BREAKER_TO_FORGET("""
                INSERT INTO jobs.breaker (type, lane, state, threshold, first_probe, longest_probe, first_rate, top_rate,
                                          doubling)
                VALUES ('test.call', 'old', 'closed', 5, '1 s', '1 s', 1, 1, '1 s')
                """, "SELECT 1 FROM jobs.breaker FOR UPDATE"),
        LEASE_THAT_RAN_OUT("""
                INSERT INTO jobs.job (type, lane, args, leased_until)
                VALUES ('test.step', 'held', '{}', clock_timestamp() - interval '1 second')
                """, "SELECT 1 FROM jobs.job FOR UPDATE"),
        LEASE_OF_A_DEAD_WORKER("""
                INSERT INTO jobs.job (type, lane, args, leased_until)
                VALUES ('test.step', 'held', '{}', clock_timestamp() + interval '1 minute');
                INSERT INTO jobs.dead_worker (worker_id, name, host, pid, types, ending, certain)
                VALUES (gen_random_uuid(), 'w', 'here', 1, '{test.step}', 'was killed', true)
                """, "SELECT 1 FROM jobs.job FOR UPDATE"),
        JOB_PAST_ITS_DEADLINE("""
                INSERT INTO jobs.job (type, lane, args, marks, expires_at)
                VALUES ('test.call', 'held', '{}', 8, clock_timestamp() - interval '1 second')
                """, "SELECT 1 FROM jobs.job FOR UPDATE"),
        GATE("INSERT INTO jobs.type_state (type) VALUES ('test.step')", "SELECT 1 FROM jobs.type_state FOR UPDATE"),
        COUNTS_OF_A_DEAD_WORKER("""
                INSERT INTO jobs.worker (id, host, pid, state, threads, beat_at, reported)
                VALUES ('00000000-0000-0000-0000-000000000001', 'here', 1, 'running', 1,
                        clock_timestamp() - interval '1 hour', true);
                INSERT INTO jobs.worker_count (worker_id, type)
                VALUES ('00000000-0000-0000-0000-000000000001', 'test.step');
                INSERT INTO jobs.type_total (type) VALUES ('test.step')
                """, "SELECT 1 FROM jobs.type_total FOR UPDATE");

        private final String made;
        private final String held;

        HeldRow(String made, String held) {
            this.made = made;
            this.held = held;
        }
    }

    @Override
    RestartableServer server() {
        return SERVER;
    }

    @ParameterizedTest
    @EnumSource(HeldRow.class)
    void whatever_row_a_stopped_process_holds_the_hand_out_goes_on(HeldRow row) throws Exception {
        rows.run(row.made);
        try (Connection stopped = source.getConnection();
                Statement statement = stopped.createStatement()) {
            stopped.setAutoCommit(false);
            statement.execute(row.held);
            worker("w", 2, counting());
            relay();
            for (int number = 0; number < 10; number++) {
                enqueue(ledger(DirectSubmission.NONE), "free", number, number + 1);
                awaitRow("SELECT count(*) FROM jobs.job WHERE lane = 'free'", "0", 10);
            }
            stopped.rollback();
            stopped.setAutoCommit(true);
        }
    }

    @Test
    void a_worker_that_stood_still_for_too_long_while_settling_settles_again_without_an_attempt() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        worker("w", 1, new JobHandlers().add(TestJobs.STEP, (step, context) -> {
                    count(step);
                    return Outcome.done().writing(transaction -> {
                        if (writes.getAndIncrement() == 0) {
                            standStill(transaction.connection());
                        }
                    });
                }));
        relay();

        enqueue(ledger(DirectSubmission.NONE), "", 7, 8);

        awaitEmptyLedger();
        assertThat(writes).hasValue(2);
        assertThat(runs.get(7)).as("runs of the handler").hasValue(1);
    }

    /** Until the session, whose bound is short here, has been ended; then the next statement says so. */
    private void standStill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET idle_in_transaction_session_timeout = '100ms'");
            String session = pid(statement);
            awaitRow("SELECT count(*) FROM pg_stat_activity WHERE pid = " + session, "0");
            statement.execute("SELECT 1");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pid(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getString(1);
        }
    }
}
