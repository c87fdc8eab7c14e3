package dev.darkroom.ops.killtest.effects;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.RetryPolicy;
import java.time.Duration;

/** The three job types of the kill test. */
public final class EffectJobs {

    /** A job with an effect that is counted outside the ledger. */
    interface EffectJob extends Job {
        long key();
    }

    record RowJob(long key) implements EffectJob {}

    record RedisJob(long key) implements EffectJob {}

    record CallJob(long key) implements EffectJob {}

    /** More than any outage of the test uses up, and soon enough over for those that are doomed. */
    private static final RetryPolicy PATIENT = new RetryPolicy(8, Duration.ofMillis(250), Duration.ofSeconds(5));

    /** As many as a handful of authors. */
    private static final int LANES = 20;

    static final JobType<RowJob> ROW = type("kill.row", RowJob.class);
    static final JobType<RedisJob> REDIS = type("kill.redis", RedisJob.class);
    static final JobType<CallJob> CALL = type("kill.call", CallJob.class);
    public static final JobTypes ALL = JobTypes.of(ROW, REDIS, CALL);

    private EffectJobs() {}

    private static <J extends EffectJob> JobType<J> type(String name, Class<J> jobClass) {
        return JobType.named(name, jobClass)
                .retry(PATIENT)
                .lane(job -> "lane-" + new JobKey(job.key()).sequence() % LANES)
                .build();
    }

    /** The job of that number. */
    public static Job job(JobKey key) {
        return switch (key.kind()) {
            case ROW -> new RowJob(key.value());
            case REDIS -> new RedisJob(key.value());
            case CALL -> new CallJob(key.value());
        };
    }

    /** The number of the job whose arguments are these. */
    public static JobKey keyOf(String type, byte[] arguments) {
        return ALL.named(type)
                .map(known -> known.codec().decode(arguments))
                .filter(EffectJob.class::isInstance)
                .map(job -> new JobKey(((EffectJob) job).key()))
                .orElseThrow(() -> new IllegalArgumentException("The kill test has no jobs of type " + type));
    }
}
