package dev.darkroom.follows;

import dev.darkroom.jobs.JobType;
import java.util.List;

/** The job types of follows. */
public final class FollowJobs {

    public static final JobType<MirrorFollow> MIRROR = JobType.named("follow.mirror", MirrorFollow.class)
            .lane(job -> Long.toString(job.follower()))
            .build();

    private FollowJobs() {}

    public static List<JobType<?>> all() {
        return List.of(MIRROR);
    }
}
