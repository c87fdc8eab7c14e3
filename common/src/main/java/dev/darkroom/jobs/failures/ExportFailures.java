package dev.darkroom.jobs.failures;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.ledger.Ledger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Gives failed jobs out, with their arguments, on a person's word, which the audit of each database keeps: nothing leaves it
 * before that is written. Thread-safe.
 */
public final class ExportFailures {

    private final List<Ledger> ledgers;

    /** @param ledgers one for each physical database */
    public ExportFailures(Collection<Ledger> ledgers) {
        this.ledgers = List.copyOf(ledgers);
    }

    /**
     * As {@link FailedJobs#forEach}. If anything is thrown the audit says how many were given out before.
     *
     * @param actor who wants it, for the audit
     * @return how many there were
     * @throws JobException if a database refuses or cannot be reached
     */
    public long export(FailureFilter filter, String actor, Consumer<FailureDetail> consumer) {
        long exported = 0;
        for (Ledger ledger : ledgers) {
            exported += export(ledger, filter, actor, consumer);
        }
        return exported;
    }

    private static long export(Ledger ledger, FailureFilter filter, String actor, Consumer<FailureDetail> consumer) {
        long entry = written(
                ledger,
                connection -> AuditRows.begin(connection, actor, new AuditEntry.Act(AuditEntry.Act.EXPORT, filter)));
        AtomicLong given = new AtomicLong();
        boolean ended = false;
        try {
            new FailedJobs(List.of(ledger)).forEach(filter, failure -> {
                // Counted before: what stops in the middle was given out in part.
                given.incrementAndGet();
                consumer.accept(failure);
            });
            ended = true;
        } finally {
            boolean whole = ended;
            written(ledger, connection -> {
                AuditRows.count(connection, entry, given.get());
                if (whole) {
                    AuditRows.end(connection, entry);
                }
                return entry;
            });
        }
        return given.get();
    }

    /** Over a connection of its own: a pool may have no other for what is read meanwhile. */
    private static long written(Ledger ledger, Entry entry) {
        try (Connection connection = ledger.source().getConnection()) {
            return entry.write(connection);
        } catch (SQLException e) {
            throw new JobException(
                    "The export stopped: the audit of database " + ledger.database() + " cannot be written: "
                            + e.getMessage(),
                    e);
        }
    }

    private interface Entry {
        long write(Connection connection) throws SQLException;
    }
}
