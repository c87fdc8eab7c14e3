package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks after jobs that were submitted directly and whose lease has run out: those that Gearman still knows or that a
 * living worker has begun are renewed, the others become the relay's.
 */
final class ExpireLeases {

    private static final int BATCH = 2_000;

    private static final String EXPIRED = """
            SELECT id, turn FROM jobs.job
            WHERE leased_until IS NOT NULL AND leased_until < clock_timestamp() ORDER BY leased_until LIMIT %d""".formatted(BATCH);

    private static final String RENEW =
            "UPDATE jobs.job SET leased_until = clock_timestamp() + interval '10 seconds' WHERE id = ANY (?) AND leased_until IS NOT NULL";

    private static final String RELEASE =
            "UPDATE jobs.job SET leased_until = NULL WHERE id = ANY (?) AND leased_until < clock_timestamp() RETURNING "
                    + ReadyJob.COLUMNS;

    private ExpireLeases() {}

    /**
     * Looks after one batch.
     *
     * @param released receives the rows that are the relay's now
     * @return whether there may be more
     */
    static boolean expire(Connection connection, Broker broker, Set<Long> started, Consumer<ReadyJob> released)
            throws SQLException {
        List<JobTurn> expired = expired(connection);
        if (expired.isEmpty()) {
            return false;
        }
        Set<JobTurn> known = KnownJobs.among(expired, broker, started);
        if (!known.isEmpty()) {
            try (PreparedStatement renew = prepare(connection, RENEW, List.copyOf(known))) {
                renew.executeUpdate();
            }
        }
        List<JobTurn> unknown =
                expired.stream().filter(job -> !known.contains(job)).toList();
        if (!unknown.isEmpty()) {
            try (PreparedStatement release = prepare(connection, RELEASE, unknown)) {
                ReadyJob.read(release).forEach(released);
            }
        }
        return expired.size() == BATCH;
    }

    private static List<JobTurn> expired(Connection connection) throws SQLException {
        List<JobTurn> expired = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(EXPIRED);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                expired.add(new JobTurn(rows.getLong(1), rows.getInt(2)));
            }
        }
        return expired;
    }

    private static PreparedStatement prepare(Connection connection, String sql, List<JobTurn> jobs)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setArray(
                1,
                connection.createArrayOf("int8", jobs.stream().map(JobTurn::id).toArray()));
        return statement;
    }
}
