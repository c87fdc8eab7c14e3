package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.ledger.KnownWorkers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Looks after jobs that were submitted directly and whose lease has run out: those that Gearman still knows or that a
 * living worker has begun are renewed, the others become the relay's. Used by one thread.
 */
final class ExpireLeases {

    private static final int BATCH = 2_000;

    private static final String EXPIRED = """
            SELECT id, turn, type FROM jobs.job
            WHERE leased_until IS NOT NULL AND leased_until < (SELECT clock_timestamp()) ORDER BY leased_until LIMIT %d""".formatted(BATCH);

    // What another transaction holds is being settled: it is gone the next time, or looked at then.
    private static final String RENEW = """
            UPDATE jobs.job SET leased_until = clock_timestamp() + interval '10 seconds'
            WHERE id = ANY (ARRAY(SELECT id FROM jobs.job WHERE id = ANY (?) AND leased_until IS NOT NULL
                                  FOR UPDATE SKIP LOCKED))""";

    private static final String RELEASE = """
            UPDATE jobs.job SET leased_until = NULL
            WHERE id = ANY (ARRAY(SELECT id FROM jobs.job WHERE id = ANY (?) AND leased_until < clock_timestamp()
                                  FOR UPDATE SKIP LOCKED))
            RETURNING %s""".formatted(ReadyJob.COLUMNS);

    private final VanishedJobs vanished = new VanishedJobs();

    /**
     * Looks after one batch.
     *
     * @param released receives the rows that are the relay's now
     * @return whether there may be more
     */
    boolean expire(Connection connection, Broker broker, KnownWorkers workers, Consumer<ReadyJob> released)
            throws SQLException {
        Map<JobTurn, String> types = expired(connection);
        List<JobTurn> expired = List.copyOf(types.keySet());
        if (expired.isEmpty()) {
            vanished.keepOnly(expired);
            return false;
        }
        Set<JobTurn> known = KnownJobs.among(expired, broker, workers.started());
        if (!known.isEmpty()) {
            try (PreparedStatement renew = prepare(connection, RENEW, List.copyOf(known))) {
                renew.executeUpdate();
            }
        }
        List<JobTurn> free = free(types, known, workers);
        if (!free.isEmpty()) {
            try (PreparedStatement release = prepare(connection, RELEASE, free)) {
                ReadyJob.read(release).forEach(released);
            }
        }
        return expired.size() == BATCH && known.size() + free.size() > 0;
    }

    private List<JobTurn> free(Map<JobTurn, String> types, Set<JobTurn> known, KnownWorkers workers) {
        Map<String, List<JobTurn>> unknown =
                types.keySet().stream().filter(job -> !known.contains(job)).collect(Collectors.groupingBy(types::get));
        vanished.keepOnly(unknown.values().stream().flatMap(List::stream).collect(Collectors.toSet()));
        return unknown.entrySet().stream()
                .flatMap(type -> vanished.free(type.getValue(), type.getKey(), workers).stream())
                .toList();
    }

    boolean waits() {
        return !vanished.isEmpty();
    }

    private static Map<JobTurn, String> expired(Connection connection) throws SQLException {
        Map<JobTurn, String> expired = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(EXPIRED);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                expired.put(new JobTurn(rows.getLong(1), rows.getInt(2)), rows.getString(3));
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
