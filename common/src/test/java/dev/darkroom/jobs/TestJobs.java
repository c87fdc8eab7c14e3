package dev.darkroom.jobs;

import java.time.Duration;

/** Job types for tests of the platform: they have nothing to do with photos. */
public final class TestJobs {

    /** Names a step of some work; the lane is its owner. */
    public record Step(String owner, int number) implements Job {}

    public record Report(String text) implements Job {}

    /** Follows a flow, and says how its jobs ended. */
    public record Summary(String text, long done, long discarded, long failed) implements FlowFollowUp {

        public static Summary of(String text) {
            return new Summary(text, 0, 0, 0);
        }

        @Override
        public Summary ended(FlowCounts counts) {
            return new Summary(text, counts.done(), counts.discarded(), counts.failed());
        }
    }

    public static final JobType<Step> STEP = JobType.named("test.step", Step.class)
            .lane(Step::owner)
            .priority(step -> step.owner().startsWith("vip") ? Priority.HIGH : Priority.NORMAL)
            .retry(new RetryPolicy(3, Duration.ofMillis(20), Duration.ofMillis(50)))
            .timeout(Duration.ofSeconds(5))
            .build();

    public static final JobType<Report> REPORT = JobType.named("test.report", Report.class)
            .retry(RetryPolicy.DEFAULT.withAttempts(1))
            .build();

    public static final JobType<Summary> SUMMARY =
            JobType.named("test.summary", Summary.class).build();

    /** Calls something that may be away; the lane is what it calls. */
    public record Call(String host, int number) implements Job {}

    public static final JobType<Call> CALL = JobType.named("test.call", Call.class)
            .lane(Call::host)
            .retry(new RetryPolicy(3, Duration.ofMillis(20), Duration.ofMillis(50)))
            .breaker(new BreakerPolicy(
                    5, Duration.ofMillis(200), Duration.ofSeconds(1), 20, 400, Duration.ofMillis(300)))
            .build();

    public static final JobTypes TYPES = JobTypes.of(STEP, REPORT, SUMMARY, CALL);

    private TestJobs() {}

    public static Step step(int number) {
        return new Step("", number);
    }
}
