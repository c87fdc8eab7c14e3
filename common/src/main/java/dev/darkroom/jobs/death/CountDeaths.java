package dev.darkroom.jobs.death;

import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.SettledJob;
import dev.darkroom.jobs.ledger.SettlementListener;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Counts jobs that failed because their process died, in the transaction that fails them: the process that would have told of
 * them is gone. Thread-safe.
 */
final class CountDeaths implements SettlementListener {

    private static final String COUNT = """
            INSERT INTO jobs.type_total (type, failed)
            SELECT type, count(*) FROM unnest(?::text[]) AS type GROUP BY type ORDER BY type
            ON CONFLICT (type) DO UPDATE SET failed = jobs.type_total.failed + excluded.failed""";

    @Override
    public boolean concerns(FinishedJob job) {
        return true;
    }

    @Override
    public void settled(JobTransaction transaction, List<SettledJob> jobs) throws SQLException {
        Object[] types = jobs.stream().map(job -> job.job().type().name()).toArray();
        try (PreparedStatement count = transaction.connection().prepareStatement(COUNT)) {
            count.setArray(1, transaction.connection().createArrayOf("text", types));
            count.executeUpdate();
        }
    }
}
