package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.FlowCounts;
import dev.darkroom.jobs.FlowFollowUp;
import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.UnknownJobTypeException;
import dev.darkroom.telemetry.TraceScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of flows. Whoever changes the counts holds the row's lock until its commit, so that of several who settle the
 * last jobs at once exactly one sees them all ended, and enqueues what follows in the same transaction.
 */
public final class FlowRows {

    private static final String CREATE = """
            INSERT INTO jobs.flow (jobs, complete, follow_up, follow_up_type, trace) VALUES (?, ?, ?, ?, ?)
            RETURNING id""";

    private static final String ADD = """
            UPDATE jobs.flow SET jobs = jobs + ?, complete = complete OR ?, done = done + ?, discarded = discarded + ?,
                   failed = failed + ?
            WHERE id = ? AND ended_at IS NULL
            RETURNING complete, jobs, done, discarded, failed, follow_up, follow_up_type, trace""";

    private static final String END = "UPDATE jobs.flow SET ended_at = clock_timestamp() WHERE id = ?";

    private final JobTransaction transaction;
    private final JobTypes types;

    public FlowRows(JobTransaction transaction) {
        this.transaction = transaction;
        this.types = transaction.types();
    }

    /**
     * Begins a flow. What follows goes on with the trace of the thread.
     *
     * @param complete whether these are all of its jobs; if so and there are none, it ends at once
     * @return its number
     */
    long create(long jobs, boolean complete, @Nullable FlowFollowUp followUp) throws SQLException {
        long id;
        try (PreparedStatement insert = connection().prepareStatement(CREATE)) {
            insert.setLong(1, jobs);
            insert.setBoolean(2, complete);
            insert.setBytes(3, followUp == null ? null : encode(types.typeOf(followUp), followUp));
            insert.setString(4, followUp == null ? null : types.typeOf(followUp).name());
            insert.setString(5, TraceScope.currentHeader());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                id = row.getLong(1);
            }
        }
        if (complete && jobs == 0) {
            end(id, followUp, new FlowCounts(0, 0, 0, 0));
        }
        return id;
    }

    /** More jobs belong to it; {@code complete} says that these are the last. */
    void add(long id, long jobs, boolean complete) throws SQLException {
        change(id, new FlowCounts(jobs, 0, 0, 0), complete);
    }

    /** Jobs of it have ended; with the last of them the flow ends, and what follows is enqueued. */
    public void count(long id, FlowCounts ended) throws SQLException {
        change(id, ended, false);
    }

    private void change(long id, FlowCounts more, boolean complete) throws SQLException {
        try (PreparedStatement update = connection().prepareStatement(ADD)) {
            update.setLong(1, more.jobs());
            update.setBoolean(2, complete);
            update.setLong(3, more.done());
            update.setLong(4, more.discarded());
            update.setLong(5, more.failed());
            update.setLong(6, id);
            try (ResultSet row = update.executeQuery()) {
                if (!row.next() || !row.getBoolean(1)) {
                    return;
                }
                FlowCounts counts = new FlowCounts(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
                if (counts.ended() >= counts.jobs()) {
                    try (TraceScope scope = TraceScope.of(row.getString(8))) {
                        end(id, followUp(id, row.getString(7), row.getBytes(6)), counts);
                    }
                }
            }
        }
    }

    private void end(long id, @Nullable FlowFollowUp followUp, FlowCounts counts) throws SQLException {
        try (PreparedStatement update = connection().prepareStatement(END)) {
            update.setLong(1, id);
            update.executeUpdate();
        }
        if (followUp != null) {
            transaction.enqueue(followUp.ended(counts));
        }
    }

    private @Nullable FlowFollowUp followUp(long id, @Nullable String type, byte @Nullable [] arguments) {
        if (type == null || arguments == null) {
            return null;
        }
        return types.named(type)
                .map(known -> known.codec().decode(arguments))
                .filter(FlowFollowUp.class::isInstance)
                .map(FlowFollowUp.class::cast)
                .orElseThrow(() -> new UnknownJobTypeException("This process does not know " + type
                        + ", which follows flow " + id + "; its last job waits for a process that does"));
    }

    private static <J extends dev.darkroom.jobs.Job> byte[] encode(JobType<J> type, J job) {
        return type.codec().encode(job);
    }

    private Connection connection() {
        return transaction.connection();
    }
}
