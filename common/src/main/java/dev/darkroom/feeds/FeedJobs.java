package dev.darkroom.feeds;

import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.Priority;
import java.time.Duration;
import java.util.List;

/** The job types of feeds. */
public final class FeedJobs {

    /** Up to this many followers an author's media goes first. */
    private static final int SMALL_AUDIENCE = 10_000;

    /** From this many followers on it comes last. */
    private static final int LARGE_AUDIENCE = 1_000_000;

    public static final JobType<FanOutMedia> FANOUT = JobType.named("feed.fanout", FanOutMedia.class)
            .lane(job -> Long.toString(job.author()))
            .build();

    public static final JobType<DeliverMedia> DELIVER = JobType.named("feed.deliver", DeliverMedia.class)
            .lane(job -> Long.toString(job.author()))
            .priority(job -> priority(job.audience()))
            .timeout(Duration.ofSeconds(30))
            .build();

    public static final JobType<FannedOut> FANNED_OUT = JobType.named("feed.fanned-out", FannedOut.class)
            .lane(job -> Long.toString(job.author()))
            .build();

    public static final JobType<MergeIntoFeed> MERGE = JobType.named("feed.merge", MergeIntoFeed.class)
            .lane(job -> Long.toString(job.follower()))
            .timeout(Duration.ofSeconds(30))
            .build();

    public static final JobType<RemoveFromFeed> REMOVE = JobType.named("feed.remove", RemoveFromFeed.class)
            .lane(job -> Long.toString(job.follower()))
            .priority(job -> Priority.LOW)
            .timeout(Duration.ofSeconds(30))
            .build();

    private FeedJobs() {}

    public static List<JobType<?>> all() {
        return List.of(FANOUT, DELIVER, FANNED_OUT, MERGE, REMOVE);
    }

    private static Priority priority(int audience) {
        if (audience <= SMALL_AUDIENCE) {
            return Priority.HIGH;
        }
        return audience < LARGE_AUDIENCE ? Priority.NORMAL : Priority.LOW;
    }
}
