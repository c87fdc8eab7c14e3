package dev.darkroom.media.sweep;

import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.Priority;
import java.time.Duration;
import java.util.List;

/** The job types of sweeping. */
public final class SweepJobs {

    public static final JobType<SweepPhotos> SWEEP = JobType.named("photos.sweep", SweepPhotos.class)
            .lane(SweepPhotos::folder)
            .priority(job -> Priority.LOW)
            .timeout(Duration.ofMinutes(5))
            .build();

    private SweepJobs() {}

    public static List<JobType<?>> all() {
        return List.of(SWEEP);
    }
}
