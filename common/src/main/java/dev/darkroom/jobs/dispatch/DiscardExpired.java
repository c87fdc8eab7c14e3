package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.ledger.Mark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Discards waiting jobs whose deadline has passed, many in one statement, before they are handed out. Jobs that Gearman
 * knows or that a living worker has begun are left: a run that has begun may end. So are those that a flow or a replay
 * counts: the worker discards them, and its settling tells those who count.
 */
final class DiscardExpired {

    private static final Logger LOG = LoggerFactory.getLogger(DiscardExpired.class);

    private static final int BATCH = 2_000;
    private static final int BATCHES = 5;

    /** Marks of rows that nobody else keeps account of. */
    private static final int OWN_AFFAIR = Mark.EXPIRES.bit() | Mark.UNIQUE.bit() | Mark.TRACED.bit();

    // The time is a sub-select, so that the index of deadlines is read up to it and not to its end. Bits cannot
    // be below zero; asked for being zero, they are taken for so rare that all deadlines that have passed are
    // sorted for one batch.
    private static final String EXPIRED = """
            SELECT id, turn FROM jobs.job
            WHERE expires_at <= (SELECT clock_timestamp()) AND leased_until IS NULL AND marks & ~%d <= 0
            ORDER BY expires_at, id LIMIT %d OFFSET ?""".formatted(OWN_AFFAIR, BATCH);

    private static final String DISCARD = """
            WITH free AS (
              SELECT j.id FROM jobs.job j JOIN unnest(?::bigint[], ?::integer[]) AS e(id, turn) USING (id, turn)
              WHERE j.leased_until IS NULL AND j.expires_at <= clock_timestamp()
              FOR UPDATE OF j SKIP LOCKED
            ), gone AS (
              DELETE FROM jobs.job j USING free WHERE j.id = free.id RETURNING j.id, j.type
            ), keys AS (
              DELETE FROM jobs.unique_job u USING gone WHERE u.job_id = gone.id AND u.expires_at IS NULL
            ), discarded AS (
              SELECT type, count(*) AS jobs FROM gone GROUP BY type
            ), counted AS (
              INSERT INTO jobs.type_total (type, discarded) SELECT type, jobs FROM discarded ORDER BY type
              ON CONFLICT (type) DO UPDATE SET discarded = jobs.type_total.discarded + excluded.discarded
            )
            SELECT type, jobs FROM discarded""";

    private DiscardExpired() {}

    /**
     * Discards those that nobody has in hand, so many that the relay can go on with what else it does.
     *
     * @return whether there may be more
     */
    static boolean discard(Connection connection, Broker broker, Set<Long> started) throws SQLException {
        int left = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            List<JobTurn> expired = expired(connection, left);
            Set<JobTurn> known = KnownJobs.among(expired, broker, started);
            discard(
                    connection,
                    expired.stream().filter(job -> !known.contains(job)).toList());
            left += known.size();
            if (expired.size() < BATCH) {
                return false;
            }
        }
        return true;
    }

    private static List<JobTurn> expired(Connection connection, int behind) throws SQLException {
        List<JobTurn> expired = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(EXPIRED)) {
            select.setInt(1, behind);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    expired.add(new JobTurn(rows.getLong(1), rows.getInt(2)));
                }
            }
        }
        return expired;
    }

    private static void discard(Connection connection, List<JobTurn> jobs) throws SQLException {
        if (jobs.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(DISCARD)) {
            delete.setArray(
                    1,
                    connection.createArrayOf(
                            "int8", jobs.stream().map(JobTurn::id).toArray()));
            delete.setArray(
                    2,
                    connection.createArrayOf(
                            "int4", jobs.stream().map(JobTurn::turn).toArray()));
            try (ResultSet rows = delete.executeQuery()) {
                while (rows.next()) {
                    LOG.info("Discarded {} jobs of {}: deadline", rows.getLong(2), rows.getString(1));
                }
            }
        }
    }
}
