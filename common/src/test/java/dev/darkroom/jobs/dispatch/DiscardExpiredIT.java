package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DiscardExpiredIT {

    private static final String INSERT = "INSERT INTO jobs.job (id, type, args, marks, turn, expires_at)"
            + " SELECT n * 8192 + 1, 'test.step', '{}', %d, 1, clock_timestamp() + interval '%s'"
            + " FROM generate_series(%d, %d) AS n";

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private final QuietBroker broker = new QuietBroker();
    private LedgerRows rows;

    @BeforeEach
    void begin() {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
    }

    @Test
    void jobs_past_their_deadline_go_in_batches_and_are_counted_and_give_their_keys_back() throws SQLException {
        rows.run(INSERT.formatted(8 + 4, "-1 second", 1, 5_000));
        rows.run("INSERT INTO jobs.unique_job (type, key, job_id) VALUES ('test.step', 'k', 8193)");
        rows.run(INSERT.formatted(8, "1 hour", 5_001, 5_003));

        assertThat(discard(Set.of())).isFalse();

        assertThat(rows.count("job")).isEqualTo(3);
        assertThat(rows.one("SELECT discarded FROM jobs.type_total WHERE type = 'test.step'"))
                .isEqualTo("5000");
        assertThat(rows.count("unique_job")).isZero();
    }

    @Test
    void a_job_that_gearman_knows_or_a_worker_has_begun_is_left() throws SQLException {
        rows.run(INSERT.formatted(8, "-1 second", 1, 3));
        broker.know(8193, 1);

        discard(Set.of(2 * 8192L + 1));

        assertThat(rows.all("SELECT id FROM jobs.job ORDER BY id")).containsExactly("8193", "16385");
    }

    @Test
    void a_job_that_a_flow_counts_or_that_was_submitted_directly_is_left_to_its_worker() throws SQLException {
        rows.run(INSERT.formatted(8 + 1, "-1 second", 1, 1));
        rows.run(INSERT.formatted(8 + 2, "-1 second", 2, 2));
        rows.run(INSERT.formatted(8, "-1 second", 3, 3));
        rows.run("UPDATE jobs.job SET leased_until = clock_timestamp() WHERE id = 3 * 8192 + 1");

        discard(Set.of());

        assertThat(rows.count("job")).isEqualTo(3);
    }

    private boolean discard(Set<Long> started) throws SQLException {
        try (Connection connection = POSTGRES.dataSource().getConnection()) {
            return DiscardExpired.discard(connection, broker, started);
        }
    }
}
