package dev.darkroom.workers;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.shards.MovedJobs;
import dev.darkroom.shards.ShardId;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has jobs that write into their shard on completion done in the database of that shard: one that waited elsewhere while its
 * shard was moved goes over to its ledger, and is done here. Thread-safe; a repeated run takes over nothing again.
 */
final class AtHome<J extends Job> implements JobHandler<J> {

    private static final Logger LOG = LoggerFactory.getLogger(AtHome.class);

    private final MovedJobs moved;
    private final ToLongFunction<J> subject;
    private final JobHandler<J> handler;

    /** @param subject the id of what the job writes about, which tells its shard */
    AtHome(MovedJobs moved, ToLongFunction<J> subject, JobHandler<J> handler) {
        this.moved = moved;
        this.subject = subject;
        this.handler = handler;
    }

    @Override
    public Outcome handle(J job, JobContext context) throws Exception {
        ShardId shard = ShardId.of(subject.applyAsLong(job));
        if (moved.isAtHome(shard, context.id())) {
            return handler.handle(job, context);
        }
        moved.takeOver(shard, context.id(), job);
        LOG.info(
                "{} was moved from database {}: its job goes on there",
                shard,
                context.id().database());
        return Outcome.done();
    }
}
