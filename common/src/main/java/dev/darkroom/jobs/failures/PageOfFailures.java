package dev.darkroom.jobs.failures;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One database's part of a page.
 *
 * @param jobs newest first; one more than the page needs if there is one
 * @param seenTo how far it has looked, where it stopped before the end; null if nothing was left out
 */
record PageOfFailures(List<FailedJob> jobs, @Nullable FailurePosition seenTo) {

    /** So many rows are looked at one by one: some tens of milliseconds. */
    static final int LOOKED_AT = 20_000;

    private static final String LAST_LOOKED_AT = """
            SELECT failed_at, id FROM jobs.failed_job WHERE %s AND (failed_at, id) < (?, ?)
            ORDER BY failed_at DESC, id DESC OFFSET ? LIMIT 1""";

    private static final String PAGE = """
            SELECT %s FROM jobs.failed_job WHERE %s AND (failed_at, id) < (?, ?) AND (failed_at, id) >= (?, ?) AND %s
            ORDER BY failed_at DESC, id DESC LIMIT ?""";

    private static final FailurePosition BEFORE_ALL =
            new FailurePosition(java.time.Instant.parse("0001-01-01T00:00:00Z"), 0);
    private static final FailurePosition AFTER_ALL =
            new FailurePosition(java.time.Instant.parse("9999-12-31T00:00:00Z"), 0);

    static PageOfFailures read(
            Connection connection, FailureCondition condition, @Nullable FailurePosition after, int size)
            throws SQLException {
        FailurePosition from = after == null ? AFTER_ALL : after;
        boolean bounded = condition.hasFurther() && !(condition.hasText() && isTextIndexed(connection));
        FailurePosition boundary = bounded ? lastLookedAt(connection, condition, from) : null;
        List<FailedJob> jobs = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                PAGE.formatted(FailedJob.COLUMNS, condition.ordered(), condition.further()))) {
            int index = condition.bindOrdered(select, 1);
            index = bind(select, index, from);
            index = bind(select, index, boundary == null ? BEFORE_ALL : boundary);
            index = condition.bindFurther(select, index);
            select.setInt(index, size + 1);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    jobs.add(FailedJob.read(rows));
                }
            }
        }
        return new PageOfFailures(jobs, jobs.size() > size ? null : boundary);
    }

    /** Whoever searches texts often makes an index of this name: docs/runbook/replay-failed-jobs.md. */
    private static boolean isTextIndexed(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT to_regclass('jobs.failed_job_text') IS NOT NULL");
                ResultSet row = select.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static @Nullable FailurePosition lastLookedAt(
            Connection connection, FailureCondition condition, FailurePosition from) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LAST_LOOKED_AT.formatted(condition.ordered()))) {
            int index = condition.bindOrdered(select, 1);
            index = bind(select, index, from);
            select.setInt(index, LOOKED_AT - 1);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new FailurePosition(FailedJob.time(row, "failed_at"), row.getLong("id")) : null;
            }
        }
    }

    private static int bind(PreparedStatement statement, int index, FailurePosition position) throws SQLException {
        statement.setObject(index, position.time());
        statement.setLong(index + 1, position.id());
        return index + 2;
    }
}
