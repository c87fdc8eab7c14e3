package dev.darkroom.jobs.failures;

import dev.darkroom.jobs.ledger.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a filter selects, by cause and type, with a sample of each: the dry run of a replay and of a discard. */
public final class FailureSelection {

    private static final String SELECT = """
            SELECT g.fingerprint AS cause, g.jobs, g.expired, g.first_at, g.last_at, f.*
            FROM (SELECT fingerprint, type, count(*) AS jobs, min(failed_at) AS first_at, max(failed_at) AS last_at,
                         count(*) FILTER (WHERE expires_at < clock_timestamp()) AS expired, min(id) AS sample
                  FROM jobs.failed_job WHERE %s GROUP BY fingerprint, type) g
            JOIN jobs.failed_job f ON f.id = g.sample""";

    private FailureSelection() {}

    /**
     * Jobs of one cause and type.
     *
     * @param expired past their deadline: replayed, they are discarded
     */
    public record Group(
            String fingerprint,
            String type,
            long jobs,
            long expired,
            Instant firstAt,
            Instant lastAt,
            FailedJob sample) {

        private Group plus(Group other) {
            return new Group(
                    fingerprint,
                    type,
                    jobs + other.jobs,
                    expired + other.expired,
                    firstAt.isBefore(other.firstAt) ? firstAt : other.firstAt,
                    lastAt.isAfter(other.lastAt) ? lastAt : other.lastAt,
                    sample);
        }
    }

    /**
     * The largest first. Reads every failure that matches.
     *
     * @throws dev.darkroom.jobs.JobException if a database cannot be asked
     */
    public static List<Group> of(Collection<Ledger> ledgers, FailureFilter filter) {
        FailureCondition condition = FailureCondition.of(filter);
        Map<String, Group> groups = new HashMap<>();
        for (Ledger ledger : ledgers) {
            try (Connection connection = ledger.source().getConnection();
                    PreparedStatement select = connection.prepareStatement(SELECT.formatted(condition.sql()))) {
                condition.bind(select, 1);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        Group group = group(row);
                        groups.merge(group.fingerprint() + group.type(), group, Group::plus);
                    }
                }
            } catch (SQLException e) {
                throw FailedJobs.unreadable(ledger, e);
            }
        }
        return groups.values().stream()
                .sorted(Comparator.comparingLong(Group::jobs)
                        .reversed()
                        .thenComparing(Group::fingerprint)
                        .thenComparing(Group::type))
                .toList();
    }

    private static Group group(ResultSet row) throws SQLException {
        return new Group(
                row.getString("cause"),
                row.getString("type"),
                row.getLong("jobs"),
                row.getLong("expired"),
                FailedJob.time(row, "first_at"),
                FailedJob.time(row, "last_at"),
                FailedJob.read(row));
    }
}
