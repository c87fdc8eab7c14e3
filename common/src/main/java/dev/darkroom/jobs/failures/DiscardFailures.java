package dev.darkroom.jobs.failures;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.ledger.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Discards failed jobs for good, on a person's word. Each chunk goes in one statement together with its count in {@code
 * jobs.audit}, so whatever dies, what is gone was counted. Jobs that fail after the beginning stay. Thread-safe.
 */
public final class DiscardFailures {

    private static final int CHUNK = 5_000;

    // In the order of ids, as replays do: two that go through the same failures wait for each other and no more.
    private static final String CHUNK_OF = """
            WITH chunk AS (
              SELECT f.id FROM jobs.failed_job f
              WHERE %s AND f.id > ?
                AND f.failed_at <= (SELECT cut_off FROM jobs.audit WHERE id = ?)
              ORDER BY f.id LIMIT %d FOR UPDATE OF f
            ), gone AS (
              DELETE FROM jobs.failed_job f USING chunk WHERE f.id = chunk.id RETURNING f.id
            ), counted AS (
              UPDATE jobs.audit SET jobs = jobs + (SELECT count(*) FROM gone) WHERE id = ?
            )
            SELECT count(*), max(id) FROM gone HAVING count(*) > 0""";

    private final List<Ledger> ledgers;

    /** @param ledgers one for each physical database */
    public DiscardFailures(Collection<Ledger> ledgers) {
        this.ledgers = List.copyOf(ledgers);
    }

    /**
     * Discards what matches now. If anything is thrown some may be gone, which the audit says; repeating goes on.
     *
     * @param actor who wants it, for the audit
     * @param progress told after each chunk how many went with it
     * @return how many went
     * @throws JobException if a database refuses or cannot be reached
     */
    public long discard(FailureFilter filter, String actor, LongConsumer progress) {
        long discarded = 0;
        for (Ledger ledger : ledgers) {
            try (Connection connection = ledger.source().getConnection()) {
                discarded += discard(connection, filter, actor, progress);
            } catch (SQLException e) {
                throw new JobException(
                        "Discarding stopped at database " + ledger.database() + " after " + discarded
                                + " jobs of those before it; run it again: " + e.getMessage(),
                        e);
            }
        }
        return discarded;
    }

    private static long discard(Connection connection, FailureFilter filter, String actor, LongConsumer progress)
            throws SQLException {
        long audit = AuditRows.begin(connection, actor, new AuditEntry.Act(AuditEntry.Act.DISCARD, filter));
        long discarded = 0;
        long pass;
        do {
            pass = pass(connection, FailureCondition.of(filter), audit, progress);
            discarded += pass;
        } while (pass > 0); // A second look finds what was committed late.
        AuditRows.end(connection, audit);
        return discarded;
    }

    private static long pass(Connection connection, FailureCondition condition, long audit, LongConsumer progress)
            throws SQLException {
        long discarded = 0;
        long position = 0;
        try (PreparedStatement chunk = connection.prepareStatement(CHUNK_OF.formatted(condition.sql(), CHUNK))) {
            while (true) {
                int index = condition.bind(chunk, 1);
                chunk.setLong(index, position);
                chunk.setLong(index + 1, audit);
                chunk.setLong(index + 2, audit);
                try (ResultSet row = chunk.executeQuery()) {
                    if (!row.next()) {
                        return discarded;
                    }
                    discarded += row.getLong(1);
                    progress.accept(row.getLong(1));
                    position = row.getLong(2);
                }
            }
        }
    }
}
