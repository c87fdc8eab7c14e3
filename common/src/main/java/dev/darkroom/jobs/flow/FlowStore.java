package dev.darkroom.jobs.flow;

import dev.darkroom.jobs.FlowCounts;
import dev.darkroom.jobs.JobException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;

/** Tells how far flows are. Thread-safe; does not own the data source. */
public final class FlowStore {

    private static final String FIND = """
            SELECT jobs, done, discarded, failed, complete, created_at, ended_at FROM jobs.flow WHERE id = ?""";

    private final DataSource source;

    public FlowStore(DataSource source) {
        this.source = source;
    }

    /** Empty if there is no such flow, or it ended more than a week ago. */
    public Optional<FlowProgress> progress(long flow) {
        try (Connection connection = source.getConnection();
                PreparedStatement select = connection.prepareStatement(FIND)) {
            select.setLong(1, flow);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(progress(flow, row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new JobException("The progress of flow " + flow + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static FlowProgress progress(long flow, ResultSet row) throws SQLException {
        OffsetDateTime ended = row.getObject(7, OffsetDateTime.class);
        return new FlowProgress(
                flow,
                new FlowCounts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                row.getBoolean(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant());
    }
}
