package dev.darkroom.jobs.ledger;

import it.unimi.dsi.fastutil.longs.Long2ObjectMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes the rows of ended jobs out of the ledger: one fenced statement a turn, whatever the number of jobs. */
final class DeleteJobs {

    private static final String DELETE = "DELETE FROM jobs.job WHERE id = ANY (?) AND turn = ? RETURNING ";
    private static final String AGE = ", date_part('epoch', clock_timestamp() - run_at)";
    private static final String DELETE_PLAIN = DELETE + "id";
    private static final String DELETE_MARKED = DELETE + RowLinks.COLUMNS;

    private DeleteJobs() {}

    /**
     * Returns those whose rows were still at the turn of the run, by id.
     *
     * @param due takes when they had become due, by {@link System#nanoTime}; null if that is not to be asked for
     */
    static Long2ObjectMap<RowLinks> fenced(Connection connection, List<FinishedJob> jobs, @Nullable Map<Long, Long> due)
            throws SQLException {
        Long2ObjectMap<RowLinks> deleted = new Long2ObjectOpenHashMap<>(jobs.size());
        if (jobs.isEmpty()) {
            return deleted;
        }
        boolean marked = jobs.stream().anyMatch(job -> !job.marks().isEmpty());
        String statement = (marked ? DELETE_MARKED : DELETE_PLAIN) + (due == null ? "" : AGE);
        try (PreparedStatement delete = connection.prepareStatement(statement)) {
            for (Map.Entry<Integer, List<FinishedJob>> turn :
                    SettleJobs.byTurn(jobs).entrySet()) {
                delete.setArray(1, SettleJobs.ids(connection, turn.getValue()));
                delete.setInt(2, turn.getKey());
                read(delete, marked, deleted, due);
            }
        }
        return deleted;
    }

    private static void read(
            PreparedStatement delete, boolean marked, Long2ObjectMap<RowLinks> deleted, @Nullable Map<Long, Long> due)
            throws SQLException {
        try (ResultSet rows = delete.executeQuery()) {
            long now = System.nanoTime();
            while (rows.next()) {
                long id = rows.getLong(1);
                deleted.put(id, marked ? RowLinks.of(rows) : RowLinks.NONE);
                if (due != null) {
                    double age = rows.getDouble(marked ? RowLinks.COLUMN_COUNT + 1 : 2);
                    due.put(id, now - (long) (age * TimeUnit.SECONDS.toNanos(1)));
                }
            }
        }
    }
}
