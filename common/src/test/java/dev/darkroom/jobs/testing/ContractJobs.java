package dev.darkroom.jobs.testing;

import dev.darkroom.jobs.FlowCounts;
import dev.darkroom.jobs.FlowFollowUp;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.RetryPolicy;
import dev.darkroom.jobs.UniqueKey;
import java.time.Duration;

/** The jobs of {@link LedgerContract}. */
public final class ContractJobs {

    public record Work(String name) implements Job {}

    public record Once(String key, int number) implements Job {}

    public record Coalesced(String key, int number) implements Job {}

    public record Hourly(String key, int number) implements Job {}

    public record Told(long done, long failed) implements FlowFollowUp {

        @Override
        public Told ended(FlowCounts counts) {
            return new Told(counts.done(), counts.failed());
        }
    }

    public static final JobType<Told> TOLD =
            JobType.named("contract.told", Told.class).build();

    public static final JobType<Work> WORK = JobType.named("contract.work", Work.class)
            .retry(new RetryPolicy(2, Duration.ofMinutes(10), Duration.ofMinutes(10)))
            .build();

    public static final JobType<Once> ONCE = JobType.named("contract.once", Once.class)
            .unique(UniqueKey.untilDone(Once::key))
            .retry(new RetryPolicy(2, Duration.ofMinutes(10), Duration.ofMinutes(10)))
            .build();

    public static final JobType<Coalesced> COALESCED = JobType.named("contract.coalesced", Coalesced.class)
            .unique(UniqueKey.whileWaiting(Coalesced::key))
            .build();

    public static final JobType<Hourly> HOURLY = JobType.named("contract.hourly", Hourly.class)
            .unique(UniqueKey.forPeriod(Duration.ofHours(1), Hourly::key))
            .build();

    public static final JobTypes TYPES = JobTypes.of(WORK, TOLD, ONCE, COALESCED, HOURLY);

    private ContractJobs() {}
}
