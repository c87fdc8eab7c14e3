package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.CommitUnknownException;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.JobLedger;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.NewBulk;
import dev.darkroom.jobs.TransactionWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of one physical database, seen from whoever enqueues: jobs come to be in the caller's own transaction, and
 * those that the gate admits are submitted straight after its commit. Thread-safe; does not own the data source.
 */
public final class Ledger implements JobLedger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final int database;
    private final DataSource source;
    private final DataSource heartbeats;
    private final JobTypes types;
    private final DirectSubmission direct;

    /**
     * @param database the number of the physical database, which is in the ids of its jobs
     * @param source connections to that database, auto-commit on
     */
    public Ledger(int database, DataSource source, JobTypes types, DirectSubmission direct) {
        this(database, source, source, types, direct);
    }

    /**
     * @param heartbeats connections for a worker's heartbeats alone, one at a time, so that handlers that keep all others do
     *     not make the process look dead
     */
    public Ledger(int database, DataSource source, DataSource heartbeats, JobTypes types, DirectSubmission direct) {
        this.database = database;
        this.source = source;
        this.heartbeats = heartbeats;
        this.types = types;
        this.direct = direct;
    }

    public int database() {
        return database;
    }

    public DataSource source() {
        return source;
    }

    public DataSource heartbeats() {
        return heartbeats;
    }

    /**
     * Runs the work in one transaction and commits it. If anything else than {@link CommitUnknownException} is thrown,
     * nothing has happened; if it returns, everything has, whatever went wrong after the commit.
     *
     * @throws CommitUnknownException if the connection breaks during the commit itself; jobs committed so are found by the
     *     relay
     * @throws JobException if the database refuses or cannot be reached
     */
    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) {
        Connection connection = begin();
        boolean committed = false;
        try {
            LedgerTransaction transaction = new LedgerTransaction(connection, types, direct);
            T result = commitOrRollBack(connection, transaction, work);
            committed = true;
            submit(transaction.admitted());
            return result;
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            giveBack(connection, committed);
        }
    }

    private Connection begin() {
        try {
            Connection connection = source.getConnection();
            try {
                connection.setAutoCommit(false);
                return connection;
            } catch (SQLException e) {
                giveBack(connection, false);
                throw e;
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private JobException failed(SQLException e) {
        return new JobException("The transaction on database " + database + " failed: " + e.getMessage(), e);
    }

    /** Whatever it throws says nothing about the transaction. Without a commit the mode is left: to change it would commit. */
    private static void giveBack(Connection connection, boolean committed) {
        try (Connection closing = connection) {
            if (committed) {
                closing.setAutoCommit(true);
            }
        } catch (SQLException e) {
            LOG.debug("The connection is of no use any more, and its pool drops it", e);
        }
    }

    /**
     * Enqueues any number of jobs in bounded memory, in chunks of up to 10,000, each a transaction that also writes how far
     * the bulk is. None is submitted directly. If the process dies, or an exception ends it, a call with the same name and
     * an iterator over the same jobs in the same order passes over those that exist; two at once share the work. A name
     * whose bulk has ended enqueues nothing more.
     *
     * @return how many of the iterator's jobs exist now
     * @throws dev.darkroom.jobs.BulkException if the database refuses or cannot be reached
     */
    public long enqueueAll(NewBulk bulk) {
        return new EnqueueBulk(this, bulk).enqueue();
    }

    private void submit(List<CommittedJob> admitted) {
        if (admitted.isEmpty()) {
            return;
        }
        try {
            direct.submit(admitted);
        } catch (RuntimeException e) {
            LOG.warn("{} committed jobs could not be submitted directly; the relay finds them", admitted.size(), e);
        }
    }

    private static <T extends @Nullable Object> T commitOrRollBack(
            Connection connection, LedgerTransaction transaction, TransactionWork<T> work) throws SQLException {
        boolean finished = false;
        try {
            T result = work.run(transaction);
            transaction.commit();
            finished = true;
            return result;
        } finally {
            if (!finished) {
                rollBack(connection);
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("The transaction could not be rolled back; the database does it without its connection", e);
        }
    }
}
