package dev.darkroom.jobs.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes the rows of ended jobs out of the ledger: one fenced statement a turn, whatever the number of jobs. */
final class DeleteJobs {

    private static final String DELETE = "DELETE FROM jobs.job WHERE id = ANY (?) AND turn = ? RETURNING id";

    private DeleteJobs() {}

    /** Returns the ids whose rows were still at the turn of the run. */
    static Set<Long> fenced(Connection connection, List<FinishedJob> jobs) throws SQLException {
        Set<Long> deleted = new HashSet<>();
        if (jobs.isEmpty()) {
            return deleted;
        }
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            for (Map.Entry<Integer, List<FinishedJob>> turn :
                    SettleJobs.byTurn(jobs).entrySet()) {
                delete.setArray(1, connection.createArrayOf("int8", SettleJobs.ids(turn.getValue())));
                delete.setInt(2, turn.getKey());
                readIds(delete, deleted);
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
