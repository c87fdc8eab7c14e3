package dev.darkroom.jobs.unique;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.UniqueKey;
import dev.darkroom.jobs.UniqueKey.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Takes unique keys for jobs about to be enqueued, in their transaction: one statement where all are free. Two transactions
 * that want one key settle it by its row: the second waits until the first has ended.
 */
public final class TakeKeys {

    /** Each further round means that a key was given back just when it was looked at. */
    private static final int MOST_ROUNDS = 20;

    private static final String INSERT = """
            INSERT INTO jobs.unique_job (type, key, job_id, expires_at)
            SELECT ?, n.key, nextval('jobs.job_id'), clock_timestamp() + ?::bigint * interval '1 microsecond'
            FROM unnest(?::text[]) AS n(key)
            ON CONFLICT (type, key) DO NOTHING RETURNING key, job_id""";

    private static final String TAKE_OVER_EXPIRED = """
            UPDATE jobs.unique_job
            SET job_id = nextval('jobs.job_id'), expires_at = clock_timestamp() + ?::bigint * interval '1 microsecond'
            WHERE type = ? AND key = ANY (?::text[]) AND expires_at <= clock_timestamp() RETURNING key, job_id""";

    private static final String HELD =
            "SELECT key, job_id FROM jobs.unique_job WHERE type = ? AND key = ANY (?::text[])";

    /**
     * The run that is relied on must see what this transaction writes, so it cannot begin, and give its key back, before
     * this transaction has ended.
     */
    private static final String HELD_AND_WAITING = HELD + " ORDER BY key FOR KEY SHARE";

    private final Connection connection;
    private final String type;
    private final UniqueKey<?> policy;
    private final Map<String, KeyHolder> holders = new HashMap<>();

    private TakeKeys(Connection connection, String type, UniqueKey<?> policy) {
        this.connection = connection;
        this.type = type;
        this.policy = policy;
    }

    /**
     * Takes those that are free.
     *
     * @param connection the transaction; of no use any more if anything is thrown
     * @param keys in one order for all transactions, lest they wait for each other
     * @return who holds each key now
     */
    public static Map<String, KeyHolder> take(
            Connection connection, String type, UniqueKey<?> policy, SortedSet<String> keys) throws SQLException {
        return new TakeKeys(connection, type, policy).take(keys);
    }

    private Map<String, KeyHolder> take(SortedSet<String> keys) throws SQLException {
        SortedSet<String> open = new TreeSet<>(keys);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            insert(open);
            open.removeAll(holders.keySet());
            if (!open.isEmpty()) {
                takeOverExpired(open);
                open.removeAll(holders.keySet());
            }
            if (!open.isEmpty()) {
                lookUp(open);
                open.removeAll(holders.keySet());
            }
            if (open.isEmpty()) {
                return holders;
            }
        }
        throw new JobException(
                "The unique keys of " + type + " change hands too fast; nothing was enqueued, try again");
    }

    private void insert(SortedSet<String> keys) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, type);
            setPeriod(insert, 2);
            setKeys(insert, 3, keys);
            read(insert, true);
        }
    }

    private void takeOverExpired(SortedSet<String> keys) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(TAKE_OVER_EXPIRED)) {
            setPeriod(update, 1);
            update.setString(2, type);
            setKeys(update, 3, keys);
            read(update, true);
        }
    }

    private void lookUp(SortedSet<String> keys) throws SQLException {
        String held = policy.scope() == Scope.WHILE_WAITING ? HELD_AND_WAITING : HELD;
        try (PreparedStatement select = connection.prepareStatement(held)) {
            select.setString(1, type);
            setKeys(select, 2, keys);
            read(select, false);
        }
    }

    private void setPeriod(PreparedStatement statement, int index) throws SQLException {
        boolean forPeriod = policy.scope() == Scope.PERIOD;
        statement.setObject(
                index,
                forPeriod ? TimeUnit.NANOSECONDS.toMicros(policy.period().toNanos()) : null,
                java.sql.Types.BIGINT);
    }

    private void setKeys(PreparedStatement statement, int index, SortedSet<String> keys) throws SQLException {
        statement.setArray(
                index, connection.createArrayOf("text", List.copyOf(keys).toArray()));
    }

    private void read(PreparedStatement statement, boolean taken) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                holders.put(rows.getString(1), new KeyHolder(rows.getLong(2), taken));
            }
        }
    }
}
