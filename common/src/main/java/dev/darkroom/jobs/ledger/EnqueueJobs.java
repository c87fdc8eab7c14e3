package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.JobType;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

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
            SELECT n.type, n.args, n.priority, n.lane, %s
            FROM unnest(?::text[], ?::bytea[], ?::smallint[], ?::text[], ?::boolean[])
                 AS n(type, args, priority, lane, leased)
            RETURNING id""";

    private static final String DUE_NOW_WITH_EXTRAS = """
            INSERT INTO jobs.job (type, args, priority, lane, leased_until, %s)
            SELECT n.type, n.args, n.priority, n.lane, %s, %s
            FROM unnest(?::text[], ?::bytea[], ?::smallint[], ?::text[], ?::boolean[], %s)
                 AS n(type, args, priority, lane, leased, %s)
            RETURNING id, (extract(epoch FROM expires_at) * 1000000)::bigint""";

    private static final String DUE_LATER = """
            INSERT INTO jobs.later_job (type, args, priority, lane, run_at, %s)
            SELECT n.type, n.args, n.priority, n.lane,
                   %s, %s
            FROM unnest(?::text[], ?::bytea[], ?::smallint[], ?::text[], ?::bigint[], %s, ?::bigint[])
                 AS n(type, args, priority, lane, delay, %s, at)""";

    private static final String WHEN_DUE = """
            CASE WHEN n.at IS NULL THEN clock_timestamp() + n.delay * interval '1 microsecond'
                 ELSE greatest(timestamptz 'epoch' + n.at * interval '1 microsecond', clock_timestamp()) END""";

    private static final String BORN_LEASED =
            "CASE WHEN n.leased THEN clock_timestamp() + interval '%d milliseconds' END"
                    .formatted(BORN_LEASE.toMillis());

    private static final String EXTRAS = "marks, flow_id, unique_key, expires_at, trace, id";
    private static final String EXTRA_VALUES = """
            n.marks, n.flow_id, n.unique_key, (%s) + n.expires * interval '1 microsecond', n.trace,
            coalesce(n.id, nextval('jobs.job_id'))""";
    private static final String EXTRA_ARRAYS =
            "?::smallint[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::bigint[]";
    private static final String EXTRA_NAMES = "marks, flow_id, unique_key, expires, trace, id";

    // One job a transaction is what an API does: without arrays it costs the database and this process less.
    private static final String ONE =
            "INSERT INTO jobs.job (type, args, priority, lane) VALUES (?, ?, ?, ?) RETURNING id";
    private static final String ONE_LEASED = """
            INSERT INTO jobs.job (type, args, priority, lane, leased_until)
            VALUES (?, ?, ?, ?, clock_timestamp() + interval '%d milliseconds') RETURNING id""".formatted(BORN_LEASE.toMillis());

    /** Sent with the insert: if that fails the server does not come to it. */
    private static final String COMMIT = "; COMMIT";

    private static final String NOW = DUE_NOW.formatted(BORN_LEASED);
    private static final String NOW_WITH_EXTRAS = DUE_NOW_WITH_EXTRAS.formatted(
            EXTRAS, BORN_LEASED, EXTRA_VALUES.formatted("clock_timestamp()"), EXTRA_ARRAYS, EXTRA_NAMES);
    private static final String LATER =
            DUE_LATER.formatted(EXTRAS, WHEN_DUE, EXTRA_VALUES.formatted(WHEN_DUE), EXTRA_ARRAYS, EXTRA_NAMES);

    private EnqueueJobs() {}

    /**
     * Inserts and commits in the same round trip, with auto-commit on as well as off; returns those that the gate admitted, whose
     * rows are born leased.
     */
    static List<CommittedJob> dueNow(Connection connection, List<JobRow> rows, DirectSubmission direct)
            throws SQLException {
        Boolean[] leased = admissions(connection, rows, direct);
        try (PreparedStatement insert = prepareDueNow(connection, rows, leased)) {
            insert.execute();
            try (ResultSet ids = insert.getResultSet()) {
                return admitted(ids, rows, leased);
            }
        }
    }

    private static PreparedStatement prepareDueNow(Connection connection, List<JobRow> rows, Boolean[] leased)
            throws SQLException {
        boolean extras = rows.stream().anyMatch(row -> !row.extras().equals(JobExtras.NONE));
        if (!extras && rows.size() == 1) {
            return prepareOne(connection, rows.get(0), leased[0]);
        }
        PreparedStatement insert = connection.prepareStatement(committing(connection, extras ? NOW_WITH_EXTRAS : NOW));
        setColumns(insert, rows);
        insert.setArray(5, connection.createArrayOf("bool", leased));
        if (extras) {
            setExtras(insert, rows);
        }
        return insert;
    }

    private static PreparedStatement prepareOne(Connection connection, JobRow row, boolean leased) throws SQLException {
        PreparedStatement insert = connection.prepareStatement(committing(connection, leased ? ONE_LEASED : ONE));
        insert.setString(1, row.type().name());
        insert.setBytes(2, row.arguments());
        insert.setShort(3, row.priority().code());
        insert.setString(4, row.lane());
        return insert;
    }

    private static String committing(Connection connection, String insert) throws SQLException {
        return connection.getAutoCommit() ? insert : insert + COMMIT;
    }

    static void dueLater(Connection connection, List<JobRow> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(LATER)) {
            setColumns(insert, rows);
            insert.setArray(
                    5,
                    array(
                            connection,
                            "int8",
                            rows,
                            Long[]::new,
                            row -> micros(row.order().delay())));
            setExtras(insert, rows);
            insert.setArray(12, array(connection, "int8", rows, Long[]::new, EnqueueJobs::epochMicros));
            insert.executeUpdate();
        }
    }

    private static @Nullable Long micros(@Nullable Duration duration) {
        return duration == null ? null : TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }

    private static @Nullable Long epochMicros(JobRow row) {
        Instant at = row.order().at();
        return at == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    private static void setExtras(PreparedStatement insert, List<JobRow> rows) throws SQLException {
        Connection connection = insert.getConnection();
        insert.setArray(6, array(connection, "int2", rows, Short[]::new, row ->
                (short) row.extras().marks().bits()));
        insert.setArray(
                7,
                array(connection, "int8", rows, Long[]::new, row -> row.extras().flowId()));
        insert.setArray(
                8,
                array(
                        connection,
                        "text",
                        rows,
                        String[]::new,
                        row -> row.extras().uniqueKey()));
        insert.setArray(
                9,
                array(
                        connection,
                        "int8",
                        rows,
                        Long[]::new,
                        row -> micros(row.extras().expiresAfter())));
        insert.setArray(
                10,
                array(
                        connection,
                        "text",
                        rows,
                        String[]::new,
                        row -> row.extras().trace()));
        insert.setArray(
                11,
                array(connection, "int8", rows, Long[]::new, row -> row.extras().id()));
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

    private static void setColumns(PreparedStatement insert, List<JobRow> rows) throws SQLException {
        Connection connection = insert.getConnection();
        insert.setArray(
                1,
                array(connection, "text", rows, String[]::new, row -> row.type().name()));
        insert.setArray(2, array(connection, "bytea", rows, byte[][]::new, JobRow::arguments));
        insert.setArray(
                3,
                array(
                        connection,
                        "int2",
                        rows,
                        Short[]::new,
                        row -> row.priority().code()));
        insert.setArray(4, array(connection, "text", rows, String[]::new, JobRow::lane));
    }

    /** Of the elements' own type: arrays of objects of any type are sent as text, which both sides would have to parse. */
    private static <T> Array array(
            Connection connection,
            String type,
            List<JobRow> rows,
            IntFunction<@Nullable T[]> make,
            Function<JobRow, @Nullable T> column)
            throws SQLException {
        @Nullable T[] values = make.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return connection.createArrayOf(type, values);
    }

    private static List<CommittedJob> admitted(ResultSet ids, List<JobRow> rows, Boolean[] leased) throws SQLException {
        List<CommittedJob> admitted = new ArrayList<>();
        for (int i = 0; ids.next(); i++) {
            if (leased[i]) {
                JobRow row = rows.get(i);
                admitted.add(new CommittedJob(
                        ids.getLong(1),
                        row.type(),
                        row.priority(),
                        row.lane(),
                        row.arguments(),
                        row.extras().marks(),
                        row.extras().trace(),
                        row.extras().expiresAfter() == null ? 0 : ids.getLong(2)));
            }
        }
        return admitted;
    }
}
