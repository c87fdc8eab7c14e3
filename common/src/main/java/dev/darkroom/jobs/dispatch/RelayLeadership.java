package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * Who may dispatch from one physical database: the holder of a row with a term and an expiry by the database's clock. Two
 * holders for a moment may overshoot a window; they never break a guarantee. Used by one thread.
 */
final class RelayLeadership {

    /** After so long without renewal another process takes over. */
    private static final Duration TERM = Duration.ofSeconds(5);

    private static final String ACQUIRE = """
            UPDATE jobs.relay
            SET term = CASE WHEN holder = ? THEN term ELSE term + 1 END, holder = ?, host = ?, pid = ?,
                expires_at = clock_timestamp() + ? * interval '1 millisecond'
            WHERE holder = ? OR expires_at < clock_timestamp()
            RETURNING term""";

    private static final String HOLDS =
            "SELECT 1 FROM jobs.relay WHERE holder = ? AND term = ? AND expires_at > clock_timestamp()";

    private static final String RESIGN =
            "UPDATE jobs.relay SET expires_at = '-infinity', holder = NULL WHERE holder = ?";

    private final UUID self = UUID.randomUUID();
    private final String host;
    private long term = -1;

    RelayLeadership(String host) {
        this.host = host;
    }

    /** Acquires or renews; false while another process holds the row. */
    boolean acquire(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(ACQUIRE)) {
            update.setObject(1, self);
            update.setObject(2, self);
            update.setString(3, host);
            update.setLong(4, ProcessHandle.current().pid());
            update.setLong(5, TERM.toMillis());
            update.setObject(6, self);
            try (ResultSet row = update.executeQuery()) {
                term = row.next() ? row.getLong(1) : -1;
            }
        }
        return term >= 0;
    }

    /** Whether the row still names this holder and term: asked inside each dispatch transaction. */
    boolean holds(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(HOLDS)) {
            select.setObject(1, self);
            select.setLong(2, term);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Of the last acquisition; a new term means that the memory of an earlier one is worthless. */
    long term() {
        return term;
    }

    void resign(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(RESIGN)) {
            update.setObject(1, self);
            update.executeUpdate();
        }
        term = -1;
    }
}
