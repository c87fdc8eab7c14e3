package dev.darkroom.ops.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.DueTimes;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.JobMarks;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.ledger.RunCounts;
import dev.darkroom.jobs.ledger.SettleJobs;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.ledger.WorkerBeat;
import dev.darkroom.jobs.ledger.WorkerRegister;
import dev.darkroom.jobs.run.WorkerIdentity;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a benchmark takes away is gone, and what it leaves is there. */
class TakenAwayIT {

    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension()
            .withSchema("ledger_1", source -> LedgerSchema.migrate(source, LoadProcess.DATABASE));

    private static final LoadJobs JOBS = LoadJobs.with(Set.of());
    private static final int WRONG_TURN = 7;

    private final DataSource source = POSTGRES.dataSource();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void without_the_fence_the_outcome_of_any_turn_counts(boolean measured) throws Exception {
        long id = enqueued();

        assertThat(settle(source, id, measured)).containsExactly(Map.entry(id, Settlement.SUPERSEDED));
        assertThat(number("SELECT count(*) FROM jobs.job WHERE id = " + id)).isOne();

        assertThat(settle(Unfenced.on(source), id, measured)).containsExactly(Map.entry(id, Settlement.DONE));
        assertThat(number("SELECT count(*) FROM jobs.job WHERE id = " + id)).isZero();
    }

    private long enqueued() throws Exception {
        ledger(source)
                .inTransaction(transaction -> transaction.enqueue(JOBS.make().apply(1)));
        return number("SELECT max(id) FROM jobs.job");
    }

    private static Map<Long, Settlement> settle(DataSource through, long id, boolean measured) {
        DueTimes due = measured ? (job, nanoTime) -> {} : null;
        return new SettleJobs(ledger(through), "worker", new Random(1), List.of(), due)
                .settle(List.of(new FinishedJob(id, WRONG_TURN, 0, JobMarks.NONE, JOBS.type(), Outcome.done())));
    }

    private static Ledger ledger(DataSource through) {
        return new Ledger(LoadProcess.DATABASE, through, JobTypes.of(JOBS.type()), DirectSubmission.NONE);
    }

    @Test
    void only_the_first_heartbeat_is_written_and_its_process_counts_as_alive_for_long() throws Exception {
        WorkerRegister register = new WorkerRegister(FewBeats.on(source));
        WorkerIdentity identity = WorkerIdentity.ofThisProcess("bench", "bench", 2);

        register.beat(beat(identity, "running"));
        register.beat(beat(identity, "quiet"));

        assertThat(number("SELECT count(*) FROM jobs.worker WHERE state = 'running'"
                        + " AND beat_at > clock_timestamp() + interval '23 hours'"))
                .isOne();
        assertThat(number("SELECT count(*) FROM jobs.worker_count")).isOne();
    }

    private static WorkerBeat beat(WorkerIdentity identity, String state) {
        return new WorkerBeat(
                identity.self(),
                state,
                List.of(),
                Duration.ZERO,
                Map.of(LoadProcess.TYPE, new RunCounts(0, 0, 0, 0, 0, 0)),
                Map.of());
    }

    private long number(String query) throws Exception {
        try (Connection connection = source.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
