package dev.darkroom.ops.bench.measure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Reads what the parts of a benchmark have taken so far. Used by one thread. */
public final class CostMeter {

    private final Connection connection;
    private final Map<String, long[]> pids = new HashMap<>();

    /** At one moment. */
    public record Reading(long walBytes, Map<String, ProcessUse> parts) {}

    public CostMeter(Connection connection) {
        this.connection = connection;
    }

    /** A part made up of these processes and all that they start. */
    public CostMeter with(String name, long... processes) {
        pids.put(name, processes.clone());
        return this;
    }

    /** Of all parts; one that has ended counts as nothing. */
    public Reading read() throws SQLException {
        Map<String, ProcessUse> parts = new HashMap<>();
        pids.forEach((name, processes) -> {
            ProcessUse use = ProcessUse.NONE;
            for (long pid : processes) {
                use = use.plus(ProcessUse.of(pid));
            }
            parts.put(name, use);
        });
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT pg_current_wal_lsn() - '0/0'")) {
            row.next();
            return new Reading(row.getLong(1), parts);
        }
    }
}
