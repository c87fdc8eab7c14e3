package dev.darkroom.jobs.failures;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the list of failures, newest first.
 *
 * @param jobs may be fewer than asked for, or none, although more follow: a page looks at a bounded number of failures
 * @param next where the next page begins; null at the end of the list
 */
public record FailurePage(List<FailedJob> jobs, @Nullable FailurePosition next) {

    public FailurePage {
        jobs = List.copyOf(jobs);
    }
}
