package dev.darkroom.ops.bench.jobs;

import dev.darkroom.ops.bench.process.NoOp;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The reference of {@code bench jobs}: the same rows in and out of the same table by a bare client, 1,000 a transaction. */
final class BareRows {

    private static final int BATCH = 1_000;

    private static final String INSERT =
            "INSERT INTO jobs.job (type, args) SELECT 'bench.bare', a FROM unnest(?::bytea[]) AS a";

    private static final String DELETE = "DELETE FROM jobs.job WHERE id = ANY (?) AND turn = 0";

    private BareRows() {}

    /** Rows a second inserted. */
    static double insert(Connection connection, int count) throws SQLException {
        byte[] payload = new byte[NoOp.PAYLOAD];
        Arrays.fill(payload, (byte) 'x');
        byte[][] batch = new byte[BATCH][];
        Arrays.fill(batch, payload);
        long start = System.nanoTime();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int done = 0; done < count; done += BATCH) {
                insert.setArray(1, connection.createArrayOf("bytea", batch));
                insert.executeUpdate();
            }
        }
        return count / ((System.nanoTime() - start) / 1e9);
    }

    /** Rows a second deleted. */
    static double delete(Connection connection) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT id FROM jobs.job ORDER BY id")) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        long deleted = 0;
        long start = System.nanoTime();
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            for (int from = 0; from < ids.size(); from += BATCH) {
                List<Long> batch = ids.subList(from, Math.min(ids.size(), from + BATCH));
                delete.setArray(1, connection.createArrayOf("int8", batch.toArray()));
                deleted += delete.executeUpdate();
            }
        }
        return (double) deleted / ((System.nanoTime() - start) / 1e9);
    }
}
