package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.JobTransaction;
import java.sql.SQLException;
import java.util.List;

/**
 * A part of the platform that keeps account of jobs: hears, inside the settling transaction and behind the fence, of those
 * whose outcome counts. The transaction may be repeated when its commit is unknown, so a listener writes and does nothing
 * else; rows that several processes write are written in one order, lest they wait for each other. Thread-safe.
 */
public interface SettlementListener {

    /** Whether it wants to hear of this job, by its marks or its type; asked for every job, so it must be quick. */
    boolean concerns(FinishedJob job);

    /** @param jobs those of one batch that it is concerned with, at least one, in the order of their ids */
    void settled(JobTransaction transaction, List<SettledJob> jobs) throws SQLException;
}
