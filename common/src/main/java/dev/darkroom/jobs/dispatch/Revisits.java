package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Single rows of one type that lie behind the place where their lane was left: due retries, released leases, late commits,
 * lost submissions. They are read by id, so that no lane has to be read again for them. Bounded: what finds no room here is
 * found by the next sweep. Used by one thread.
 */
final class Revisits {

    /** About a megabyte of memory a type. */
    static final int MOST = 10_000;

    private static final int BATCH = 1_000;

    private static final String BY_ID = """
            SELECT %s, lane, priority FROM jobs.job
            WHERE id = ANY (?) AND type = ? AND leased_until IS NULL""".formatted(WaitingJob.COLUMNS);

    private final String type;
    private final Set<Long> waiting = new LinkedHashSet<>();

    Revisits(String type) {
        this.type = type;
    }

    /** Returns whether there was room. */
    boolean add(long id) {
        if (waiting.size() >= MOST) {
            return false;
        }
        waiting.add(id);
        return true;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Reads and forgets up to so many; rows that are gone meanwhile are missing. */
    List<WaitingJob> take(Connection connection, int count) throws SQLException {
        List<Long> ids = waiting.stream().limit(Math.min(count, BATCH)).toList();
        List<WaitingJob> jobs = new ArrayList<>();
        if (ids.isEmpty()) {
            return jobs;
        }
        try (PreparedStatement select = connection.prepareStatement(BY_ID)) {
            select.setArray(1, connection.createArrayOf("int8", ids.toArray()));
            select.setString(2, type);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    LaneKey lane = new LaneKey(
                            rows.getShort(WaitingJob.COLUMN_COUNT + 2), rows.getString(WaitingJob.COLUMN_COUNT + 1));
                    jobs.add(WaitingJob.read(rows, lane));
                }
            }
        }
        ids.forEach(waiting::remove);
        return jobs;
    }
}
