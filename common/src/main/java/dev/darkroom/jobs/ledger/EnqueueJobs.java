package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.JobType;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes new jobs: one multi-row insert for any number of them. */
final class EnqueueJobs {

    /**
     * How long a row that is submitted directly belongs to its enqueuer before the relay takes care of it; covers the
     * death of the enqueuer between commit and submit. Renewed by the relay while Gearman knows the job.
     */
    static final Duration BORN_LEASE = Duration.ofSeconds(5);

    // Ids come from the order of the arrays; the lease begins with the statement, by the database's clock.
    private static final String DUE_NOW = """
            INSERT INTO jobs.job (type, args, priority, lane, leased_until)
            SELECT n.type, n.args, n.priority, n.lane,
                   CASE WHEN n.leased THEN clock_timestamp() + ? * interval '1 millisecond' END
            FROM unnest(?::text[], ?::bytea[], ?::smallint[], ?::text[], ?::boolean[])
                 AS n(type, args, priority, lane, leased)
            RETURNING id""";

    private static final String DUE_LATER = """
            INSERT INTO jobs.later_job (type, args, priority, lane, run_at)
            SELECT n.type, n.args, n.priority, n.lane, clock_timestamp() + n.delay * interval '1 microsecond'
            FROM unnest(?::text[], ?::bytea[], ?::smallint[], ?::text[], ?::bigint[])
                 AS n(type, args, priority, lane, delay)""";

    private EnqueueJobs() {}

    /** Inserts; returns those that the gate admitted, whose rows are born leased. */
    static List<CommittedJob> dueNow(Connection connection, List<JobRow> rows, DirectSubmission direct)
            throws SQLException {
        Boolean[] leased = admissions(connection, rows, direct);
        try (PreparedStatement insert = connection.prepareStatement(DUE_NOW)) {
            insert.setLong(1, BORN_LEASE.toMillis());
            setColumns(insert, 2, rows);
            insert.setArray(6, connection.createArrayOf("bool", leased));
            try (ResultSet ids = insert.executeQuery()) {
                return admitted(ids, rows, leased);
            }
        }
    }

    static void dueLater(Connection connection, List<JobRow> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(DUE_LATER)) {
            setColumns(insert, 1, rows);
            Array delays = array(connection, "int8", rows, row -> row.delay().toNanos() / 1000);
            insert.setArray(5, delays);
            insert.executeUpdate();
        }
    }

    private static Boolean[] admissions(Connection connection, List<JobRow> rows, DirectSubmission direct)
            throws SQLException {
        Map<JobType<?>, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.type(), 1, Integer::sum));
        Map<JobType<?>, Boolean> admitted = new HashMap<>();
        for (Map.Entry<JobType<?>, Integer> type : counts.entrySet()) {
            admitted.put(type.getKey(), direct.admits(connection, type.getKey(), type.getValue()));
        }
        return rows.stream().map(row -> admitted.get(row.type())).toArray(Boolean[]::new);
    }

    private static void setColumns(PreparedStatement insert, int first, List<JobRow> rows) throws SQLException {
        Connection connection = insert.getConnection();
        insert.setArray(first, array(connection, "text", rows, row -> row.type().name()));
        insert.setArray(
                first + 1,
                connection.createArrayOf(
                        "bytea", rows.stream().map(JobRow::arguments).toArray(byte[][]::new)));
        insert.setArray(
                first + 2, array(connection, "int2", rows, row -> row.priority().code()));
        insert.setArray(first + 3, array(connection, "text", rows, JobRow::lane));
    }

    private static Array array(Connection connection, String type, List<JobRow> rows, Function<JobRow, Object> column)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray());
    }

    private static List<CommittedJob> admitted(ResultSet ids, List<JobRow> rows, Boolean[] leased) throws SQLException {
        List<CommittedJob> admitted = new ArrayList<>();
        for (int i = 0; ids.next(); i++) {
            if (leased[i]) {
                JobRow row = rows.get(i);
                admitted.add(new CommittedJob(ids.getLong(1), 0, 0, row.type(), row.priority(), row.arguments()));
            }
        }
        return admitted;
    }
}
