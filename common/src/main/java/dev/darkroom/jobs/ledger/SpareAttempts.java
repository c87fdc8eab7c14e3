package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.BreakerPolicy;
import dev.darkroom.jobs.breaker.JudgeLanes;
import dev.darkroom.jobs.breaker.ReachOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds those of a batch that met nobody and whose lane is held back: they cost no attempt. Asks nothing of other types. */
final class SpareAttempts {

    private SpareAttempts() {}

    /** To be called before any row of the batch is touched. */
    static Set<Long> of(Connection connection, List<FinishedJob> jobs) throws SQLException {
        List<ReachOutcome> outcomes = new ArrayList<>();
        for (FinishedJob job : jobs) {
            BreakerPolicy policy =
                    job.marks().has(Mark.PROBE) ? null : job.type().breaker();
            ReachOutcome outcome = policy == null ? null : ReachOutcome.of(job.id(), job.turn(), policy, job.outcome());
            if (outcome != null) {
                outcomes.add(outcome);
            }
        }
        return outcomes.isEmpty() ? Set.of() : JudgeLanes.judge(connection, outcomes);
    }
}
