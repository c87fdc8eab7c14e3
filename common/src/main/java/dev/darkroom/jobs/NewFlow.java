package dev.darkroom.jobs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that belong together, with what follows when all of them have ended.
 *
 * @param followUp null if nothing follows
 */
public record NewFlow(List<NewJob> jobs, @Nullable FlowFollowUp followUp) {

    public NewFlow {
        jobs = List.copyOf(jobs);
    }
}
