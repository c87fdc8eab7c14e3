package dev.darkroom.jobs.failures;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What a person does to failed jobs, written down in their own database: before it begins, and again at its end. */
final class AuditRows {

    private static final String BEGIN = """
            INSERT INTO jobs.audit (actor, action, filter, cut_off) VALUES (?, ?, ?::jsonb, clock_timestamp())
            RETURNING id""";

    private static final String COUNT = "UPDATE jobs.audit SET jobs = ? WHERE id = ?";

    private static final String END = "UPDATE jobs.audit SET ended_at = clock_timestamp() WHERE id = ?";

    private AuditRows() {}

    /** Returns the number of the entry. */
    static long begin(Connection connection, String actor, AuditEntry.Act act) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(BEGIN)) {
            insert.setString(1, actor);
            insert.setString(2, act.name());
            insert.setString(3, FilterJson.write(act.filter()));
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** So many jobs by now. */
    static void count(Connection connection, long entry, long jobs) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(COUNT)) {
            count.setLong(1, jobs);
            count.setLong(2, entry);
            count.executeUpdate();
        }
    }

    static void end(Connection connection, long entry) throws SQLException {
        try (PreparedStatement end = connection.prepareStatement(END)) {
            end.setLong(1, entry);
            end.executeUpdate();
        }
    }
}
