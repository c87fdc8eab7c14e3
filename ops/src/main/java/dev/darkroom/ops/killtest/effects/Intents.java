package dev.darkroom.ops.killtest.effects;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** What is going to be called, recorded before the call, each in a transaction of its own. Thread-safe. */
final class Intents {

    private static final String COLUMNS = "tries, (extract(epoch FROM at) * 1000)::bigint,"
            + " (extract(epoch FROM clock_timestamp() - at) * 1000)::bigint";

    private static final String RECORD =
            "INSERT INTO killtest.intent (key) VALUES (?) ON CONFLICT DO NOTHING RETURNING " + COLUMNS;

    private static final String FIND = "SELECT " + COLUMNS + " FROM killtest.intent WHERE key = ?";

    private static final String RENEW = "UPDATE killtest.intent SET tries = tries + 1, at = clock_timestamp()"
            + " WHERE key = ? AND tries = ? RETURNING " + COLUMNS;

    private final DataSource source;

    Intents(DataSource source) {
        this.source = source;
    }

    /**
     * An intent to call.
     *
     * @param tries how often it was renewed: who renews names what it has seen
     * @param at when, in milliseconds since 1970 by the database's clock
     * @param age in milliseconds, when it was read
     */
    record Intent(int tries, long at, long age) {}

    /** Empty if there is one already. */
    Optional<Intent> record(JobKey key) throws SQLException {
        return one(RECORD, key);
    }

    Intent find(JobKey key) throws SQLException {
        return one(FIND, key).orElseThrow(() -> new SQLException("The intent of " + key + " is gone"));
    }

    /** Empty if another run was faster. */
    Optional<Intent> renew(JobKey key, Intent seen) throws SQLException {
        return one(RENEW, key, seen.tries());
    }

    private Optional<Intent> one(String sql, JobKey key, Integer... more) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, key.value());
            for (int i = 0; i < more.length; i++) {
                statement.setInt(2 + i, more[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Intent(row.getInt(1), row.getLong(2), row.getLong(3)))
                        : Optional.empty();
            }
        }
    }
}
