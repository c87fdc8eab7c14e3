package dev.darkroom.ops.bench.load;

import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.UniqueKey;
import dev.darkroom.jobs.sensitive.SensitiveKeys;
import dev.darkroom.jobs.sensitive.SensitiveText;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The jobs of a benchmark and their type, by the features that they use.
 *
 * @param make the job of a number
 */
record LoadJobs(JobType<?> type, IntFunction<NumberedJob> make) {

    static final int LANES = 1_000;

    /** So that the arguments have about as many bytes as others. */
    private static final String TEXT = "x".repeat(PlainJob.PAYLOAD - 30);

    private static final long RATE = 1_000_000_000;
    private static final int CONCURRENCY = 10_000_000;

    static LoadJobs with(Set<Feature> features) {
        if (features.contains(Feature.SENSITIVE)) {
            // Nobody has a secret here: a key of zeros takes as long as any other.
            String key = Base64.getEncoder().encodeToString(new byte[32]);
            JobType.Builder<SensitiveJob> builder =
                    JobType.named(LoadProcess.TYPE, SensitiveJob.class).sensitiveKeys(SensitiveKeys.of("bench:" + key));
            SensitiveText text = SensitiveText.of(TEXT);
            return new LoadJobs(type(builder, features), number -> new SensitiveJob(number, text));
        }
        if (features.contains(Feature.JSON)) {
            return new LoadJobs(
                    type(JobType.named(LoadProcess.TYPE, TextJob.class), features),
                    number -> new TextJob(number, TEXT));
        }
        return new LoadJobs(
                type(JobType.named(LoadProcess.TYPE, PlainJob.class).codec(new PlainJob.Codec()), features),
                PlainJob::new);
    }

    private static <J extends NumberedJob> JobType<J> type(JobType.Builder<J> type, Set<Feature> features) {
        if (features.contains(Feature.LANE)) {
            type.lane(job -> lane(job.number()));
        }
        if (features.contains(Feature.LIMITS)) {
            type.rateLimit(RATE, Duration.ofSeconds(1)).concurrency(CONCURRENCY);
        }
        if (features.contains(Feature.UNIQUE_KEY)) {
            type.unique(UniqueKey.untilDone(job -> "job-" + job.number()));
        }
        if (features.contains(Feature.DEADLINE)) {
            type.expiresAfter(Duration.ofDays(1));
        }
        return type.build();
    }

    static String lane(int number) {
        return "lane-" + number % LANES;
    }
}
