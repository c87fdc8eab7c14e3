package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.JobLimits;
import dev.darkroom.jobs.ledger.JobMarks;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.limit.OwnShare;
import dev.darkroom.testing.PostgresExtension;
import dev.darkroom.testing.RoundTrips;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What breakers and limits of one type make of each other, and of the dispatch. */
class HandOutRulesIT {

    private static final String BREAKER =
            "INSERT INTO jobs.breaker (type, lane, state, probe_at, threshold, first_probe,"
                    + " longest_probe, first_rate, top_rate, doubling)"
                    + " VALUES ('test.call', '%s', '%s', clock_timestamp(), 5, '1 min', '1 h', 0.001, 0.001, '1 h')";

    private static final int ONE = 1;

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private final TypeDispatch dispatch = new TypeDispatch("test.call", new QuietBroker());
    private final HeldBackLanes heldBack = new HeldBackLanes();
    private final TypeLimit limit =
            new TypeLimit("test.call", JobLimits.NONE.withConcurrency(ONE), new OwnShare(0, 1), "r");
    private LedgerRows rows;
    private Connection connection;
    private long nextId = 1;

    @BeforeEach
    void begin() throws SQLException {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
        connection = POSTGRES.dataSource().getConnection();
    }

    @AfterEach
    void end() throws SQLException {
        connection.close();
    }

    @Test
    void a_probe_that_the_limit_cuts_is_not_claimed_and_goes_out_as_soon_as_there_is_a_permit() throws SQLException {
        breaker("down", "open");
        limit.hold(Map.of(), ONE);

        assertThat(rules().admit(jobs("down")).cut()).hasSize(1);
        assertThat(rows.one("SELECT probes FROM jobs.breaker")).isEqualTo("0");

        limit.hold(Map.of(), 0);
        assertThat(rules().admit(jobs("down", "down")).jobs()).hasSize(1);
        assertThat(rows.one("SELECT probes FROM jobs.breaker")).isEqualTo("1");
    }

    @Test
    void a_lane_that_drains_loses_nothing_of_its_rate_by_what_the_limit_cuts() throws SQLException {
        breaker("slow", "draining");
        limit.hold(Map.of(), ONE);

        assertThat(rules().admit(jobs("slow")).jobs()).isEmpty();
        limit.hold(Map.of(), 0);

        assertThat(rules().admit(jobs("slow")).jobs()).as("its only token").hasSize(1);
    }

    @Test
    void the_permit_of_a_probe_that_somebody_else_has_claimed_is_given_back() throws SQLException {
        breaker("down", "open");
        rows.run("UPDATE jobs.breaker SET probe_at = clock_timestamp() + interval '1 hour'");

        List<WaitingJob> probe = jobs("down");
        Admission.Admitted admitted = rules().admit(probe);
        assertThat(admitted.jobs()).isEmpty();
        assertThat(admitted.refused(probe)).containsExactlyElementsOf(probe);

        assertThat(rules().admit(jobs("up")).jobs())
                .as("the type's only permit")
                .hasSize(1);
    }

    @Test
    void lanes_that_are_all_shut_are_looked_through_once_a_pass() throws SQLException {
        for (String lane : List.of("a", "b", "c")) {
            rows.run("INSERT INTO jobs.job (type, lane, args) VALUES ('test.call', '%s', '')".formatted(lane));
            rows.run(BREAKER.formatted(lane, "open"));
        }
        rows.run("UPDATE jobs.breaker SET by_hand = 'open'");
        refresh();
        try (RoundTrips trips = RoundTrips.counted()) {
            assertThat(fill()).isZero();
            assertThat(trips.soFar()).isEqualTo(1);
        }
        assertThat(dispatch.hasBacklog()).isTrue();
    }

    private int fill() throws SQLException {
        HandOutRules noLimit = new HandOutRules(connection, "test.call", heldBack, null);
        return dispatch.fill(connection, new TreeSet<>(Set.of((short) 1)), 0, 4, Set.of(), noLimit);
    }

    private HandOutRules rules() {
        return new HandOutRules(connection, "test.call", heldBack, limit);
    }

    private void breaker(String lane, String state) throws SQLException {
        rows.run(BREAKER.formatted(lane, state));
        refresh();
    }

    private void refresh() throws SQLException {
        heldBack.announce(true);
        heldBack.refresh(connection, type -> dispatch);
    }

    private List<WaitingJob> jobs(String... lanes) {
        return Stream.of(lanes)
                .map(lane -> new WaitingJob(
                        new LaneKey((short) 1, lane),
                        new JobEnvelope(nextId++, 0, 0, JobMarks.NONE, null, new byte[0])))
                .toList();
    }
}
