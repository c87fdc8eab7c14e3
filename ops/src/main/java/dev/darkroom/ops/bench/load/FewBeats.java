package dev.darkroom.ops.bench.load;

import dev.darkroom.ops.intercept.Intercepted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes a process's heartbeats away but for the first, from which the relay knows its threads and which is made to count as
 * heard a day later, so that nobody takes the process for dead. What is gathered for a beat is gathered still.
 */
final class FewBeats {

    private static final String BEAT = "WITH beat AS";

    private static final String LONG_ALIVE =
            "UPDATE jobs.worker SET beat_at = clock_timestamp() + interval '1 day' WHERE pid = ?";

    private final AtomicBoolean first = new AtomicBoolean(true);

    private FewBeats() {}

    static DataSource on(DataSource source) {
        return Passing.through(source, new FewBeats()::replace);
    }

    private @Nullable PreparedStatement replace(Connection connection, String sql) throws SQLException {
        if (!sql.startsWith(BEAT)) {
            return null;
        }
        PreparedStatement real = connection.prepareStatement(sql);
        return Intercepted.proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("executeUpdate")) {
                return Intercepted.invoke(real, method, arguments);
            }
            return first.getAndSet(false) ? beatForLong(connection, real) : 0;
        });
    }

    private static int beatForLong(Connection connection, PreparedStatement beat) throws SQLException {
        int rows = beat.executeUpdate();
        try (PreparedStatement update = connection.prepareStatement(LONG_ALIVE)) {
            update.setLong(1, ProcessHandle.current().pid());
            update.executeUpdate();
        }
        return rows;
    }
}
