package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.JobLimits;
import dev.darkroom.jobs.breaker.HeldLanes;
import dev.darkroom.jobs.limit.LimitSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What people have set of the types of one database, and whether any lane is held back: one statement a second.
 *
 * @param limits that replace those of the types' code
 */
record TypeSettings(Set<String> paused, Map<String, JobLimits> limits, boolean anyHeldBack) {

    static final TypeSettings NONE = new TypeSettings(Set.of(), Map.of(), false);

    private static final String READ = """
            SELECT held.found, s.type, s.paused, %s
            FROM (SELECT EXISTS (SELECT 1 FROM jobs.breaker WHERE %s) AS found) held
            LEFT JOIN jobs.type_state s ON s.paused OR s.limits_by_hand""".formatted(LimitSettings.COLUMNS, HeldLanes.HELD_BACK);

    static TypeSettings read(Connection connection) throws SQLException {
        Set<String> paused = new HashSet<>();
        Map<String, JobLimits> limits = new HashMap<>();
        boolean anyHeldBack = false;
        try (PreparedStatement select = connection.prepareStatement(READ);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                anyHeldBack = rows.getBoolean(1);
                String type = rows.getString(2);
                if (rows.getBoolean(3)) {
                    paused.add(type);
                }
                JobLimits set = LimitSettings.read(rows, 4);
                if (set != null) {
                    limits.put(type, set);
                }
            }
        }
        return new TypeSettings(paused, limits, anyHeldBack);
    }
}
