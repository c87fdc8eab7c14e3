package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.BulkException;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.NewBulk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues any number of jobs by COPY, a chunk a transaction, which also writes how far the bulk is: so memory is bounded,
 * no transaction is long, and a bulk that died goes on where it was. Used once, by one thread.
 */
final class EnqueueBulk {

    private static final int MOST_ROWS = 10_000;
    private static final int MOST_BYTES = 4 << 20;

    // The row's lock keeps two processes from writing for the same bulk at once.
    private static final String BEGIN = """
            INSERT INTO jobs.bulk AS b (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = b.name
            RETURNING enqueued, ended_at IS NOT NULL, clock_timestamp(), flow_id""";

    private static final String ADVANCE = """
            UPDATE jobs.bulk SET enqueued = ?, ended_at = CASE WHEN ? THEN clock_timestamp() END, flow_id = ?
            WHERE name = ?""";

    private final Ledger ledger;
    private final NewBulk bulk;
    private final CopyRows dueNow = new CopyRows("job");
    private final CopyRows dueLater = new CopyRows("later_job");
    private long taken;

    EnqueueBulk(Ledger ledger, NewBulk bulk) {
        this.ledger = ledger;
        this.bulk = bulk;
    }

    /** Where the bulk stands at the beginning of a chunk, and the database's clock. */
    private record State(
            long enqueued,
            boolean hasEnded,
            Instant now,
            @Nullable Long flowId) {}

    long enqueue() {
        long committed = 0;
        boolean ended = false;
        while (!ended) {
            State state;
            try {
                state = ledger.inTransaction(this::chunk);
            } catch (JobException e) {
                throw new BulkException(bulk.name(), committed, e);
            }
            committed = state.enqueued();
            ended = state.hasEnded();
            bulk.progress().committed(committed);
        }
        return committed;
    }

    private State chunk(JobTransaction transaction) throws SQLException {
        Connection connection = transaction.connection();
        State begin = begin(connection);
        if (begin.hasEnded()) {
            return begin;
        }
        FlowRows flows = new FlowRows(transaction);
        Long flow = begin.flowId() == null && bulk.isFlow()
                ? Long.valueOf(flows.create(0, false, bulk.followUp()))
                : begin.flowId();
        skipTo(begin.enqueued());
        gather(new NewRows(transaction.types()), flow, begin.now());
        boolean ended = !bulk.jobs().hasNext();
        dueNow.copy(connection);
        dueLater.copy(connection);
        advance(connection, ended, flow);
        if (flow != null) {
            flows.add(flow, taken - begin.enqueued(), ended);
        }
        return new State(taken, ended, begin.now(), flow);
    }

    private State begin(Connection connection) throws SQLException {
        try (Statement patience = connection.createStatement()) {
            // The caller's iterator may take its time over a chunk; only this bulk waits for it.
            patience.execute(SessionBounds.PATIENT_TRANSACTION);
        }
        try (PreparedStatement insert = connection.prepareStatement(BEGIN)) {
            insert.setString(1, bulk.name());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return new State(
                        row.getLong(1),
                        row.getBoolean(2),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getObject(4, Long.class));
            }
        }
    }

    /** Passes over what an earlier call, or another process, has enqueued. */
    private void skipTo(long enqueued) {
        while (taken < enqueued) {
            if (!bulk.jobs().hasNext()) {
                throw new JobException("The bulk " + bulk.name() + " has enqueued " + enqueued
                        + " jobs already, but the" + " iterator has only " + taken + ": it is not the same");
            }
            bulk.jobs().next();
            taken++;
        }
    }

    private void gather(NewRows rows, @Nullable Long flow, Instant now) {
        dueNow.clear();
        dueLater.clear();
        int count = 0;
        while (count < MOST_ROWS
                && dueNow.bytes() + dueLater.bytes() < MOST_BYTES
                && bulk.jobs().hasNext()) {
            JobRow row = rows.of(bulk.jobs().next(), flow);
            if (row.extras().uniqueKey() != null) {
                throw new JobException("Jobs of " + row.type() + " have unique keys and cannot be enqueued in bulk;"
                        + " enqueue them in transactions of some hundreds");
            }
            (row.isDueNow() ? dueNow : dueLater).add(row, now);
            count++;
        }
        taken += count;
    }

    private void advance(Connection connection, boolean ended, @Nullable Long flow) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(ADVANCE)) {
            update.setLong(1, taken);
            update.setBoolean(2, ended);
            update.setObject(3, flow, Types.BIGINT);
            update.setString(4, bulk.name());
            update.executeUpdate();
        }
    }
}
