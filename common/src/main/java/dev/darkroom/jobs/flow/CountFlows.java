package dev.darkroom.jobs.flow;

import dev.darkroom.jobs.FlowCounts;
import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.FlowRows;
import dev.darkroom.jobs.ledger.Mark;
import dev.darkroom.jobs.ledger.SettledJob;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.ledger.SettlementListener;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the jobs of flows as they end: one update for each flow of a batch, in the transaction that settles it. A job that a
 * replay brought back has been counted when it failed. Thread-safe.
 */
public final class CountFlows implements SettlementListener {

    @Override
    public boolean concerns(FinishedJob job) {
        return job.marks().has(Mark.FLOW) && !job.marks().has(Mark.REPLAY);
    }

    @Override
    public void settled(JobTransaction transaction, List<SettledJob> jobs) throws SQLException {
        // In the order of their ids: batches that count for the same flows do not wait for each other in a circle.
        Map<Long, FlowCounts> flows = new TreeMap<>();
        for (SettledJob job : jobs) {
            Long flow = job.links().flowId();
            FlowCounts ended = ended(job.settlement());
            if (flow != null && ended.ended() > 0) {
                flows.merge(flow, ended, CountFlows::sum);
            }
        }
        FlowRows rows = new FlowRows(transaction);
        for (Map.Entry<Long, FlowCounts> flow : flows.entrySet()) {
            rows.count(flow.getKey(), flow.getValue());
        }
    }

    private static FlowCounts ended(Settlement settlement) {
        return switch (settlement) {
            case DONE -> new FlowCounts(0, 1, 0, 0);
            case DISCARDED -> new FlowCounts(0, 0, 1, 0);
            case FAILED -> new FlowCounts(0, 0, 0, 1);
            case RETRIED, SNOOZED, SUPERSEDED -> new FlowCounts(0, 0, 0, 0);
        };
    }

    private static FlowCounts sum(FlowCounts one, FlowCounts other) {
        return new FlowCounts(
                0, one.done() + other.done(), one.discarded() + other.discarded(), one.failed() + other.failed());
    }
}
