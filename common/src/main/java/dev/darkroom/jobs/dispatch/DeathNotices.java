package dev.darkroom.jobs.dispatch;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Notices dead workers, so that the jobs that they held and had not begun are asked after at once and not when their leases
 * run out. Used by one thread.
 */
final class DeathNotices {

    private static final String RECENT = """
            SELECT worker_id, reported_at::text, types FROM jobs.dead_worker
            WHERE reported_at > clock_timestamp() - interval '1 minute'""";

    // A row that is being settled keeps its lease, and is found by it should that fail.
    private static final String END_LEASES = """
            UPDATE jobs.job SET leased_until = clock_timestamp()
            WHERE id = ANY (ARRAY(SELECT id FROM jobs.job WHERE leased_until > clock_timestamp() AND type = ANY (?)
                                  FOR UPDATE SKIP LOCKED))""";

    private Map<UUID, String> known = Map.of();

    /** The types of the workers that were reported dead since the last call; their leases end now. */
    Set<String> read(Connection connection) throws SQLException {
        Map<UUID, String> recent = new HashMap<>();
        Set<String> types = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(RECENT);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                UUID worker = rows.getObject(1, UUID.class);
                recent.put(worker, rows.getString(2));
                if (!rows.getString(2).equals(known.get(worker))) {
                    addAll(rows.getArray(3), types);
                }
            }
        }
        known = recent;
        if (!types.isEmpty()) {
            try (PreparedStatement end = connection.prepareStatement(END_LEASES)) {
                end.setArray(1, connection.createArrayOf("text", types.toArray()));
                end.executeUpdate();
            }
        }
        return types;
    }

    private static void addAll(Array types, Set<String> into) throws SQLException {
        for (Object type : (Object[]) types.getArray()) {
            into.add((String) type);
        }
    }
}
