package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.ledger.ProbeLane;
import dev.darkroom.jobs.watch.lanes.LaneHandOut;
import dev.darkroom.testing.PostgresExtension;
import dev.darkroom.testing.RoundTrips;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which lanes a relay tells of. */
class TopLanesIT {

    private static final int THREADS = 30;

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private final TypeDispatch dispatch = new TypeDispatch("test.step", new QuietBroker());
    private LedgerRows rows;
    private Connection connection;

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
    void of_very_many_lanes_those_that_wait_longest_and_those_with_most_in_flight_are_told_of() throws SQLException {
        insert("many", 100, "0 s");
        insert("few", 8, "0 s");
        insert("", 5, "0 s");
        insert(ProbeLane.NAME, 1, "0 s");
        int out = dispatch.fill(connection, new TreeSet<>(Set.of((short) 1)), 0, THREADS, Set.of(), Admission.FREE);
        rows.run("INSERT INTO jobs.job (type, lane, args, run_at) SELECT 'test.step', 'z-' || i, '',"
                + " clock_timestamp() - i * interval '1 minute' FROM generate_series(1, 1200) i");

        LaneReport report = null;
        for (int look = 0; look < 3; look++) {
            try (RoundTrips trips = RoundTrips.counted()) {
                report = dispatch.lanes(connection, Set.of("z-1200"));
                assertThat(trips.soFar()).as("the lanes, and one row of each").isEqualTo(2);
            }
        }

        List<LaneHandOut> told = report.told();
        assertThat(report.worst().lane()).isEqualTo("z-1199");
        assertThat(told.subList(0, 10).stream().map(LaneHandOut::lane))
                .containsExactlyElementsOf(IntStream.rangeClosed(0, 9)
                        .mapToObj(i -> "z-" + (1_199 - i))
                        .toList());
        assertThat(told.get(9).oldestWaitSeconds()).isBetween(1_190 * 60.0, 1_191 * 60.0 + 30);
        assertThat(told.subList(10, told.size()).stream().map(LaneHandOut::lane))
                .containsExactly("many", "few");
        assertThat(told.get(10).inFlight()).isEqualTo(out - 8 - 5 - 1);
        assertThat(told.get(11).inFlight()).isEqualTo(8);
        assertThat(told.get(10).oldestWaitSeconds()).isNull();
    }

    @Test
    void nothing_is_told_or_published_of_a_type_without_lanes() throws SQLException {
        insert("", 100, "1 hour");
        dispatch.fill(connection, new TreeSet<>(Set.of((short) 1)), 0, THREADS, Set.of(), Admission.FREE);

        LaneReport report = dispatch.lanes(connection, Set.of());

        assertThat(report.worst().seconds()).isGreaterThan(3_599);
        assertThat(report.told()).isEmpty();
        assertThat(LaneHandOut.json(report.told())).isNull();
    }

    private void insert(String lane, int count, String age) {
        rows.run("INSERT INTO jobs.job (type, lane, args, run_at) SELECT 'test.step', '" + lane
                + "', '', clock_timestamp() - interval '" + age + "' FROM generate_series(1, " + count + ")");
    }
}
