package dev.darkroom.jobs.run;

import dev.darkroom.jobs.BreakerPolicy;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.RetryPolicy;
import dev.darkroom.jobs.UniqueKey;
import java.time.Duration;

/** Job types with policies that the platform's other tests do not need. */
final class PolicyJobs {

    record Offer(int number) implements Job {}

    record Mail(String reader) implements Job {}

    record Stuck(int number) implements Job {}

    static final JobType<Offer> OFFER = JobType.named("test.offer", Offer.class)
            .expiresAfter(Duration.ofHours(1))
            .breaker(BreakerPolicy.DEFAULT)
            .build();

    static final JobType<Mail> MAIL = JobType.named("test.mail", Mail.class)
            .unique(UniqueKey.whileWaiting(Mail::reader))
            .build();

    static final JobType<Stuck> STUCK = JobType.named("test.stuck", Stuck.class)
            .timeout(Duration.ofMillis(200))
            .grace(Duration.ofMillis(200))
            .retry(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1)))
            .build();

    static final JobTypes TYPES = JobTypes.of(OFFER, MAIL, STUCK);

    private PolicyJobs() {}
}
