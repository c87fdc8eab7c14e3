package dev.darkroom.jobs.failures;

import dev.darkroom.jobs.ledger.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who did what to failed jobs, from all ledgers. Thread-safe. */
public final class AuditLog {

    private static final String LAST =
            "SELECT at, actor, action, filter, jobs, ended_at FROM jobs.audit ORDER BY id DESC LIMIT ?";

    private final List<Ledger> ledgers;

    public AuditLog(Collection<Ledger> ledgers) {
        this.ledgers = List.copyOf(ledgers);
    }

    /** The last so many, newest first. */
    public List<AuditEntry> last(int count) {
        List<AuditEntry> entries = new ArrayList<>();
        for (Ledger ledger : ledgers) {
            try (Connection connection = ledger.source().getConnection();
                    PreparedStatement select = connection.prepareStatement(LAST)) {
                select.setInt(1, count);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        entries.add(entry(ledger.database(), rows));
                    }
                }
            } catch (SQLException e) {
                throw FailedJobs.unreadable(ledger, e);
            }
        }
        return entries.stream()
                .sorted(Comparator.comparing(AuditEntry::at).reversed())
                .limit(count)
                .toList();
    }

    private static AuditEntry entry(int database, ResultSet row) throws SQLException {
        return new AuditEntry(
                database,
                FailedJob.time(row, "at"),
                row.getString("actor"),
                new AuditEntry.Act(row.getString("action"), FilterJson.read(row.getString("filter"))),
                row.getLong("jobs"),
                ended(row));
    }

    private static @Nullable Instant ended(ResultSet row) throws SQLException {
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return ended == null ? null : ended.toInstant();
    }
}
