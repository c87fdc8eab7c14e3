package dev.darkroom.catalogue;

import dev.darkroom.feeds.FeedJobs;
import dev.darkroom.follows.FollowJobs;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.media.MediaJobs;
import dev.darkroom.media.sweep.SweepJobs;
import dev.darkroom.users.UserJobs;
import java.util.List;
import java.util.stream.Stream;

/** Every job type of the product. */
public final class JobCatalogue {

    private JobCatalogue() {}

    /** For every process that settles jobs: what follows a job, or a flow that it ends, may be of another family. */
    public static JobTypes all() {
        List<JobType<?>> all = Stream.of(
                        MediaJobs.all(), FollowJobs.all(), FeedJobs.all(), UserJobs.all(), SweepJobs.all())
                .<JobType<?>>flatMap(List::stream)
                .toList();
        return new JobTypes(all);
    }
}
