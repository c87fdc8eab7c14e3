package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.CommitUnknownException;
import dev.darkroom.jobs.Enqueued;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.NewFlow;
import dev.darkroom.jobs.NewJob;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A transaction that gathers the jobs enqueued in it and writes them all together with its commit: one statement for those due
 * now and one for those due later, however many there are. Used by one thread.
 */
final class LedgerTransaction implements JobTransaction {

    private final Connection connection;
    private final NewRows rows;
    private final DirectSubmission direct;
    private final List<JobRow> dueNow = new ArrayList<>();
    private final List<JobRow> dueLater = new ArrayList<>();
    private List<CommittedJob> admitted = List.of();
    /** Whether more may have been done in it than is written with the commit. */
    private boolean begun;

    LedgerTransaction(Connection connection, JobTypes types, DirectSubmission direct) {
        this.connection = connection;
        this.rows = new NewRows(types);
        this.direct = direct;
    }

    @Override
    public Connection connection() {
        begun = true;
        return connection;
    }

    @Override
    public JobTypes types() {
        return rows.types();
    }

    @Override
    public List<Enqueued> enqueue(Collection<NewJob> jobs) {
        List<Enqueued> results = new ArrayList<>(jobs.size());
        accepted(jobs, results).forEach(this::add);
        return results;
    }

    @Override
    public long enqueueFlow(NewFlow flow) {
        try {
            List<JobRow> accepted = accepted(flow.jobs(), new ArrayList<>());
            long id = new FlowRows(this).create(accepted.size(), true, flow.followUp());
            accepted.forEach(row -> add(row.withExtras(row.extras().inFlow(id))));
            return id;
        } catch (SQLException e) {
            throw new JobException("The flow could not be begun, so nothing is committed: " + e.getMessage(), e);
        }
    }

    /** Takes the keys of those that have one; what became of each job is added to the results. */
    private List<JobRow> accepted(Collection<NewJob> jobs, List<Enqueued> results) {
        List<JobRow> accepted = new ArrayList<>(jobs.size());
        List<KeyedRow> keyed = new ArrayList<>();
        for (NewJob job : jobs) {
            JobRow row = rows.of(job, null);
            String key = row.extras().uniqueKey();
            if (key == null) {
                accepted.add(row);
            } else {
                keyed.add(new KeyedRow(results.size(), key, row));
            }
            results.add(Enqueued.PLAIN);
        }
        if (!keyed.isEmpty()) {
            accepted.addAll(EnqueueOnce.admitted(connection(), keyed, results));
        }
        return accepted;
    }

    private void add(JobRow row) {
        (row.isDueNow() ? dueNow : dueLater).add(row);
    }

    /**
     * Writes what was enqueued, and commits: in one round trip where jobs are due now, and as a statement of its own where that is
     * all. Called once, at the end.
     */
    void commit() {
        try {
            if (!dueLater.isEmpty()) {
                EnqueueJobs.dueLater(connection(), dueLater);
            }
        } catch (SQLException e) {
            throw new JobException("The jobs could not be enqueued, so nothing was committed: " + e.getMessage(), e);
        }
        try {
            if (!begun && !dueNow.isEmpty()) {
                // Without BEGIN and COMMIT around it the insert costs the database a quarter less.
                connection.setAutoCommit(true);
                admitted = EnqueueJobs.dueNow(connection, dueNow, direct);
                return;
            }
            if (!dueNow.isEmpty()) {
                admitted = EnqueueJobs.dueNow(connection, dueNow, direct);
            }
            // Sends nothing if the transaction has ended already.
            connection.commit();
        } catch (SQLException e) {
            throw RefusedCommits.isRefusal(e)
                    ? new JobException("The jobs could not be enqueued, so nothing has happened: " + e.getMessage(), e)
                    : new CommitUnknownException("Whether the commit took place is unknown: " + e.getMessage(), e);
        }
    }

    /** The jobs that may be submitted once the transaction has committed. */
    List<CommittedJob> admitted() {
        return admitted;
    }
}
