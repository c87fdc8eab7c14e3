package dev.darkroom.shards;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobId;

/**
 * Jobs that wait in the ledger of a database which their shard has left. What such a job writes when it is completed would go
 * into that database, so it is taken over by the ledger of the database where the shard is now. Thread-safe.
 */
public final class MovedJobs {

    private static final String TAKE = "INSERT INTO <shard>.moved_job (id) VALUES (:id) ON CONFLICT DO NOTHING";

    private final Shards shards;

    public MovedJobs(Shards shards) {
        this.shards = shards;
    }

    /**
     * Whether the ledger that holds the job is in the shard's database. Costs no round trip.
     *
     * @throws UnknownShardException if no database holds the shard
     */
    public boolean isAtHome(ShardId shard, JobId job) {
        return shards.databaseOf(shard).number() == job.database();
    }

    /**
     * Enqueues the job where its shard is, under a number of that ledger; if that was done before, nothing.
     *
     * @param id its number in the ledger that it is in
     */
    public void takeOver(ShardId shard, JobId id, Job job) {
        shards.write(shard, (handle, transaction) -> {
            int taken = handle.createUpdate(TAKE).bind("id", id.value()).execute();
            if (taken == 1) {
                transaction.enqueue(job);
            }
            return taken;
        });
    }
}
