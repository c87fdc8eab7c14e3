package dev.darkroom.jobs.failures;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.ledger.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the causes of failures from the counts that the ledgers keep: the failed jobs themselves are not touched. Thread-safe. */
public final class FailureGroups {

    /** More causes than a person can look at; a ledger with so many is told by its largest. */
    public static final int MOST = 1_000;

    private static final String GROUPS = """
            SELECT fingerprint, type, jobs, first_at, last_at, error_class, message, stack, lanes FROM jobs.failure_group
            WHERE (?::text IS NULL OR type = ?) AND (?::text IS NULL OR fingerprint = ?)
            ORDER BY jobs DESC LIMIT %d""".formatted(MOST);

    private final List<Ledger> ledgers;

    /** @param ledgers one for each physical database */
    public FailureGroups(Collection<Ledger> ledgers) {
        this.ledgers = List.copyOf(ledgers);
    }

    /**
     * The largest first, at most {@value #MOST}.
     *
     * @param type only groups with jobs of this type, and only their jobs; null for all
     * @param fingerprint only this group; null for all
     * @throws JobException if a database cannot be asked
     */
    public List<FailureGroup> list(@Nullable String type, @Nullable String fingerprint) {
        Map<String, FailureGroup> groups = new HashMap<>();
        for (Ledger ledger : ledgers) {
            try (Connection connection = ledger.source().getConnection();
                    PreparedStatement select = connection.prepareStatement(GROUPS)) {
                select.setString(1, type);
                select.setString(2, type);
                select.setString(3, fingerprint);
                select.setString(4, fingerprint);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        FailureGroup group = group(rows);
                        groups.merge(group.fingerprint(), group, FailureGroup::plus);
                    }
                }
            } catch (SQLException e) {
                throw FailedJobs.unreadable(ledger, e);
            }
        }
        return groups.values().stream()
                .sorted(Comparator.comparingLong(FailureGroup::jobs)
                        .reversed()
                        .thenComparing(FailureGroup::fingerprint))
                .limit(MOST)
                .toList();
    }

    private static FailureGroup group(ResultSet row) throws SQLException {
        return new FailureGroup(
                row.getString("fingerprint"),
                Map.of(row.getString("type"), row.getLong("jobs")),
                FailedJob.time(row, "first_at"),
                FailedJob.time(row, "last_at"),
                new FailureGroup.Sample(row.getString("error_class"), row.getString("message"), row.getString("stack")),
                Arrays.asList((String[]) row.getArray("lanes").getArray()));
    }
}
