package dev.darkroom.jobs.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ForgetDeadIT {

    private static final String DONE = "SELECT coalesce(sum(done), 0) FROM"
            + " (SELECT done FROM jobs.worker_count UNION ALL SELECT done FROM jobs.type_total) c";

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private final WorkerSelf self = new WorkerSelf(UUID.randomUUID(), "w", "here", 1, 1, false);
    private DataSource source;
    private LedgerRows rows;

    @BeforeEach
    void begin() {
        source = POSTGRES.dataSource();
        rows = new LedgerRows(source);
        rows.clear();
    }

    @Test
    void a_worker_that_could_not_beat_while_the_database_was_away_is_counted_once() throws SQLException {
        beat();
        silentFor("11 minutes");

        forgetDead();
        beat();

        assertThat(rows.one(DONE)).isEqualTo("5");
    }

    @Test
    void one_that_was_reported_is_forgotten_and_its_counts_stay() throws SQLException {
        beat();
        silentFor("11 minutes");
        rows.run("UPDATE jobs.worker SET reported = true");

        forgetDead();

        assertThat(rows.count("worker")).isZero();
        assertThat(rows.one(DONE)).isEqualTo("5");
    }

    @Test
    void where_nobody_reports_a_week_is_enough() throws SQLException {
        beat();
        silentFor("8 days");

        forgetDead();

        assertThat(rows.count("worker")).isZero();
    }

    private void silentFor(String time) {
        rows.run("UPDATE jobs.worker SET beat_at = beat_at - interval '" + time + "'");
    }

    private void forgetDead() throws SQLException {
        try (Connection connection = source.getConnection()) {
            WorkerRegister.forgetDead(connection);
        }
    }

    private void beat() throws SQLException {
        Map<String, RunCounts> counts = Map.of("test.step", new RunCounts(5, 0, 0, 0, 0, 0));
        new WorkerRegister(source).beat(new WorkerBeat(self, "running", List.of(), Duration.ZERO, counts, Map.of()));
    }
}
