package dev.darkroom.jobs.ledger;

import it.unimi.dsi.fastutil.longs.Long2ObjectMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes the rows of ended jobs out of the ledger: one fenced statement a turn, whatever the number of jobs. */
final class DeleteJobs {

    private static final String DELETE = "DELETE FROM jobs.job WHERE id = ANY (?) AND turn = ? RETURNING ";
    private static final String DELETE_PLAIN = DELETE + "id";
    private static final String DELETE_MARKED = DELETE + RowLinks.COLUMNS;

    private DeleteJobs() {}

    /** Returns those whose rows were still at the turn of the run, by id. */
    static Long2ObjectMap<RowLinks> fenced(Connection connection, List<FinishedJob> jobs) throws SQLException {
        Long2ObjectMap<RowLinks> deleted = new Long2ObjectOpenHashMap<>(jobs.size());
        if (jobs.isEmpty()) {
            return deleted;
        }
        boolean marked = jobs.stream().anyMatch(job -> !job.marks().isEmpty());
        try (PreparedStatement delete = connection.prepareStatement(marked ? DELETE_MARKED : DELETE_PLAIN)) {
            for (Map.Entry<Integer, List<FinishedJob>> turn :
                    SettleJobs.byTurn(jobs).entrySet()) {
                delete.setArray(1, SettleJobs.ids(connection, turn.getValue()));
                delete.setInt(2, turn.getKey());
                if (marked) {
                    RowLinks.read(delete, deleted);
                } else {
                    RowLinks.readPlain(delete, deleted);
                }
            }
        }
        return deleted;
    }

    static void readIds(PreparedStatement statement, Set<Long> into) throws SQLException {
        try (ResultSet ids = statement.executeQuery()) {
            while (ids.next()) {
                into.add(ids.getLong(1));
            }
        }
    }
}
