package dev.darkroom.media;

import dev.darkroom.jobs.JobType;
import java.util.List;

/** The job types of media. */
public final class MediaJobs {

    public static final JobType<RenderMedia> RENDER = JobType.named("media.render", RenderMedia.class)
            .lane(job -> Long.toString(job.author()))
            .build();

    public static final JobType<DeleteMedia> DELETE = JobType.named("media.delete", DeleteMedia.class)
            .lane(job -> Long.toString(job.author()))
            .build();

    private MediaJobs() {}

    public static List<JobType<?>> all() {
        return List.of(RENDER, DELETE);
    }
}
