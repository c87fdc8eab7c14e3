package dev.darkroom.jobs.death;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What is known of the deaths of one job's processes, as text for the failed table: the last first. */
final class Obituary {

    private static final String LAST_BEAT = "SELECT beat_at FROM jobs.worker WHERE id = ?";

    private static final String EARLIER = """
            SELECT w.name, w.host, w.pid, w.ending, w.last_beat, w.reported_at, w.evidence
            FROM jobs.death d JOIN jobs.dead_worker w ON w.worker_id = d.worker_id
            WHERE d.job_id = ? ORDER BY w.reported_at DESC LIMIT 3""";

    private Obituary() {}

    static String of(Connection connection, SuspectRow job, DeadWorker worker) throws SQLException {
        StringBuilder text = new StringBuilder("alone in " + worker.self().name() + " on host "
                + worker.self().host() + ", process " + worker.self().pid() + ": " + worker.ending()
                + "; last heartbeat "
                + lastBeat(connection, worker) + "\n" + worker.evidence());
        try (PreparedStatement select = connection.prepareStatement(EARLIER)) {
            select.setLong(1, job.id());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    text.append("before in %s on host %s, process %d: %s; last heartbeat %s, reported %s%n%s"
                            .formatted(
                                    rows.getString(1),
                                    rows.getString(2),
                                    rows.getLong(3),
                                    rows.getString(4),
                                    orNone(rows.getString(5)),
                                    rows.getString(6),
                                    rows.getString(7)));
                }
            }
        }
        return text.toString();
    }

    private static String lastBeat(Connection connection, DeadWorker worker) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LAST_BEAT)) {
            select.setObject(1, worker.self().id());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? orNone(rows.getString(1)) : "none";
            }
        }
    }

    private static String orNone(@org.jspecify.annotations.Nullable String time) {
        return time == null ? "none" : time;
    }
}
