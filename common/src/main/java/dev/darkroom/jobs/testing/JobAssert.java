package dev.darkroom.jobs.testing;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.testing.KitRun.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Says what became of the jobs of a {@link JobKit}; throws an {@link AssertionError} that tells what did instead. */
public final class JobAssert {

    private final JobKit kit;

    JobAssert(JobKit kit) {
        this.kit = kit;
    }

    /** Exactly these wait, due or not, in whatever order. */
    public JobAssert waiting(Job... jobs) {
        List<Job> left = new ArrayList<>(kit.waiting().stream().map(KitJob::job).toList());
        boolean allThere = Arrays.stream(jobs).allMatch(left::remove);
        return check(allThere && left.isEmpty(), "expected to wait: " + Arrays.toString(jobs));
    }

    public JobAssert nothingWaits() {
        return waiting();
    }

    /** It waits, and is due so long from now. */
    public JobAssert dueIn(Duration delay, Job job) {
        boolean due = kit.waiting().stream()
                .anyMatch(waiting -> waiting.job().equals(job)
                        && waiting.dueAt().equals(kit.now().plus(delay)));
        return check(due, "expected to be due in " + delay + ": " + job);
    }

    /** It was done, at least once. */
    public JobAssert done(Job job) {
        return ended(Result.DONE, job, "");
    }

    /** It was discarded with a reason in which this text is. */
    public JobAssert discarded(Job job, String reason) {
        return ended(Result.DISCARDED, job, reason);
    }

    /** A run of it failed and it was to be tried again, with a reason in which this text is. */
    public JobAssert retried(Job job, String reason) {
        return ended(Result.RETRIED, job, reason);
    }

    public JobAssert snoozed(Job job) {
        return ended(Result.SNOOZED, job, "");
    }

    /** It has no attempt left; this text is in the reason of its last failure. */
    public JobAssert failed(Job job, String reason) {
        boolean there = kit.failed().stream()
                .anyMatch(failed -> failed.job().equals(job) && failed.reason().contains(reason));
        return check(there, "expected to have failed with '" + reason + "': " + job);
    }

    public JobAssert nothingFailed() {
        return check(kit.failed().isEmpty(), "expected no failure");
    }

    private JobAssert ended(Result result, Job job, String reason) {
        boolean there = kit.runs().stream()
                .anyMatch(run -> run.result() == result
                        && run.job().equals(job)
                        && run.reason().contains(reason));
        String why = reason.isEmpty() ? "" : " with '" + reason + "'";
        return check(there, "expected to be " + result + why + ": " + job);
    }

    private JobAssert check(boolean holds, String expectation) {
        if (!holds) {
            throw new AssertionError(expectation + "\nruns:" + lines(kit.runs()) + "\nwaiting:" + lines(kit.waiting())
                    + "\nfailed:" + lines(kit.failed()));
        }
        return this;
    }

    private static String lines(List<?> things) {
        return things.isEmpty()
                ? " none"
                : things.stream().map(thing -> "\n  " + thing).collect(Collectors.joining());
    }
}
