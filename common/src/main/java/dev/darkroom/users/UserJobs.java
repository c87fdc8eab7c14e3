package dev.darkroom.users;

import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.Priority;
import java.util.List;

/** The job types of accounts. */
public final class UserJobs {

    public static final JobType<FinishSignUps> FINISH_SIGN_UPS = JobType.named(
                    "users.finish-sign-ups", FinishSignUps.class)
            .priority(job -> Priority.LOW)
            .build();

    private UserJobs() {}

    public static List<JobType<?>> all() {
        return List.of(FINISH_SIGN_UPS);
    }
}
