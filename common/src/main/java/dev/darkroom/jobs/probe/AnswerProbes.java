package dev.darkroom.jobs.probe;

import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.Mark;
import dev.darkroom.jobs.ledger.SettledJob;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.ledger.SettlementListener;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Notes how long a probe took, in the transaction that takes its row away. Thread-safe. */
public final class AnswerProbes implements SettlementListener {

    private static final String ANSWER = """
            UPDATE jobs.probe
            SET job_id = NULL, answered_at = clock_timestamp(), wait = clock_timestamp() - asked_at
            WHERE job_id = ANY (?)""";

    @Override
    public boolean concerns(FinishedJob job) {
        return job.marks().has(Mark.PROBE);
    }

    @Override
    public void settled(JobTransaction transaction, List<SettledJob> jobs) throws SQLException {
        Long[] answered = jobs.stream()
                .filter(job -> job.settlement() == Settlement.DONE)
                .map(job -> job.job().id())
                .toArray(Long[]::new);
        if (answered.length == 0) {
            return;
        }
        Connection connection = transaction.connection();
        try (PreparedStatement update = connection.prepareStatement(ANSWER)) {
            update.setArray(1, connection.createArrayOf("int8", answered));
            update.executeUpdate();
        }
    }
}
