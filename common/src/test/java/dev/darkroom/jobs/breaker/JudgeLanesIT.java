package dev.darkroom.jobs.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Call;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.JobMarks;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.ledger.SettleJobs;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What outcomes make of the breakers of their lanes, in the settling transaction. */
class JudgeLanesIT {

    private static final Outcome AWAY = Outcome.unreachable("connection refused", null);

    private static final Outcome NOT_RUN = new Outcome.Discard("deadline", false);

    private static final LaneId LANE = new LaneId("test.call", "a");

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private LedgerRows rows;
    private Ledger ledger;
    private SettleJobs settle;

    @BeforeEach
    void begin() {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
        ledger = new Ledger(1, POSTGRES.dataSource(), TestJobs.TYPES, DirectSubmission.NONE);
        settle = new SettleJobs(ledger, "worker@here:1", new Random(1), List.of());
    }

    @Test
    void a_run_of_outcomes_that_met_nobody_opens_and_from_then_on_costs_no_attempt() {
        settle(4, AWAY);
        assertThat(breaker()).containsExactly("closed 4");
        assertThat(rows.one("SELECT count(*) FROM jobs.later_job WHERE attempt = 1"))
                .isEqualTo("4");

        Map<Long, Settlement> fifth = settle(1, AWAY);

        assertThat(breaker()).containsExactly("open 5");
        assertThat(fifth).containsValue(Settlement.SNOOZED);
        assertThat(rows.one("SELECT count(*) FROM jobs.later_job WHERE attempt = 0 AND turn = 1"))
                .isEqualTo("1");
    }

    @Test
    void a_job_without_an_attempt_left_is_kept_while_its_lane_is_held_back() {
        settle(5, AWAY);
        long id = insert();
        FinishedJob last = new FinishedJob(id, 0, 2, JobMarks.NONE, TestJobs.CALL, AWAY);

        assertThat(settle.settle(List.of(last))).containsEntry(id, Settlement.SNOOZED);
        assertThat(rows.count("failed_job")).isZero();
    }

    @Test
    void a_job_that_gets_through_ends_the_run() {
        settle(4, AWAY);
        settle(1, Outcome.done());
        settle(4, AWAY);

        assertThat(breaker()).containsExactly("closed 4");
    }

    @Test
    void a_failure_of_a_jobs_own_says_nothing() {
        settle(4, AWAY);
        settle(3, Outcome.retry("wrong input"));
        settle(1, AWAY);

        assertThat(breaker()).containsExactly("open 5");
    }

    @Test
    void a_job_that_was_not_run_says_nothing() {
        settle(4, AWAY);
        settle(1, NOT_RUN);
        settle(1, AWAY);
        assertThat(breaker()).containsExactly("open 5");

        settle(1, NOT_RUN);
        assertThat(breaker()).containsExactly("open 5");
    }

    @Test
    void an_open_lane_drains_when_a_probe_gets_through_and_opens_again_after_another_run() {
        settle(5, AWAY);
        settle(1, Outcome.done());
        assertThat(breaker()).containsExactly("draining 0");

        settle(4, AWAY);
        assertThat(breaker()).containsExactly("draining 4");
        settle(1, AWAY);
        assertThat(breaker()).containsExactly("open 5");
    }

    @Test
    void lanes_where_all_is_well_have_no_row() {
        settle(3, Outcome.done());

        assertThat(breaker()).isEmpty();
    }

    @Test
    void an_outcome_of_an_earlier_turn_says_nothing() {
        long id = insert();
        rows.run("UPDATE jobs.job SET turn = 1");
        FinishedJob late = new FinishedJob(id, 0, 0, JobMarks.NONE, TestJobs.CALL, AWAY);

        assertThat(settle.settle(List.of(late))).containsEntry(id, Settlement.SUPERSEDED);
        assertThat(breaker()).isEmpty();
    }

    @Test
    void no_probe_goes_out_before_the_other_side_wants_it() throws SQLException {
        settle(5, Outcome.backOff(Duration.ofMinutes(10), "429"));

        assertThat(rows.one("SELECT probe_at > clock_timestamp() + interval '9 minutes' FROM jobs.breaker"))
                .isEqualTo("t");
        assertThat(claims()).isEmpty();
    }

    @Test
    void of_two_relays_one_sends_the_probe_and_the_next_waits_longer() throws SQLException {
        settle(5, AWAY);
        rows.run("UPDATE jobs.breaker SET probe_at = clock_timestamp(), first_probe = '1 min', longest_probe = '1 h'");

        assertThat(claims()).containsExactly("a");
        assertThat(claims()).isEmpty();
        assertThat(rows.one("SELECT probe_at - clock_timestamp() BETWEEN interval '1.5 min' AND interval '2 min'"
                        + " FROM jobs.breaker"))
                .isEqualTo("t");
    }

    @Test
    void what_a_person_has_set_goes_before_outcomes() throws SQLException {
        try (Connection connection = POSTGRES.dataSource().getConnection()) {
            Breakers.close(connection, LANE, "ana");
        }
        Map<Long, Settlement> settled = settle(6, AWAY);
        assertThat(settled).containsValue(Settlement.RETRIED).doesNotContainValue(Settlement.SNOOZED);
        assertThat(held()).isEmpty();

        try (Connection connection = POSTGRES.dataSource().getConnection()) {
            Breakers.open(connection, LANE, "ana");
            assertThat(HeldLanes.read(connection)).extracting(HeldLane::state).containsExactly(HeldLane.State.SHUT);
            assertThat(Breakers.automatic(connection, LANE)).isTrue();
            assertThat(HeldLanes.read(connection)).extracting(HeldLane::state).containsExactly(HeldLane.State.PROBING);
            assertThat(Breakers.automatic(connection, LANE)).isFalse();
        }
    }

    private List<String> breaker() {
        return rows.all("SELECT state || ' ' || failures FROM jobs.breaker");
    }

    private List<HeldLane> held() throws SQLException {
        try (Connection connection = POSTGRES.dataSource().getConnection()) {
            return HeldLanes.read(connection);
        }
    }

    private Set<String> claims() throws SQLException {
        try (Connection connection = POSTGRES.dataSource().getConnection()) {
            return HeldLanes.claimProbes(connection, "test.call", List.of("a"));
        }
    }

    private Map<Long, Settlement> settle(int count, Outcome outcome) {
        return settle.settle(IntStream.range(0, count)
                .mapToObj(i -> new FinishedJob(insert(), 0, 0, JobMarks.NONE, TestJobs.CALL, outcome))
                .toList());
    }

    private long insert() {
        ledger.inTransaction(transaction -> {
            transaction.enqueue(new Call("a", 1));
            return null;
        });
        return Long.parseLong(rows.one("SELECT max(id) FROM jobs.job"));
    }
}
