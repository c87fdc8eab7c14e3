package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.JobException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks, before a job is submitted again, whether that is needed: thousands of questions are on their way at once. */
final class KnownJobs {

    private static final long LONGEST_WAIT_SECONDS = 5;

    /** Each is a question to every job server, and the client bounds what is under way. */
    static final int AT_ONCE = 20_000;

    private KnownJobs() {}

    /**
     * Those of the jobs that a living worker has begun, or that a job server knows.
     *
     * @param started ids of jobs in live heartbeats
     * @throws JobException if the servers do not answer: then nothing is known, and nothing should be done
     */
    static Set<JobTurn> among(Collection<JobTurn> jobs, Broker broker, Set<Long> started) {
        Set<JobTurn> known = new HashSet<>();
        List<JobTurn> asked = new ArrayList<>();
        for (JobTurn job : jobs) {
            if (started.contains(job.id())) {
                known.add(job);
            } else {
                asked.add(job);
            }
        }
        for (int from = 0; from < asked.size(); from += AT_ONCE) {
            ask(asked.subList(from, Math.min(asked.size(), from + AT_ONCE)), broker, known);
        }
        return known;
    }

    private static void ask(List<JobTurn> jobs, Broker broker, Set<JobTurn> known) {
        List<CompletableFuture<Boolean>> answers = jobs.stream()
                .map(job -> broker.knows(job.id(), job.turn()).toCompletableFuture())
                .toList();
        await(answers);
        for (int i = 0; i < jobs.size(); i++) {
            if (Boolean.TRUE.equals(answers.get(i).join())) {
                known.add(jobs.get(i));
            }
        }
    }

    private static void await(List<CompletableFuture<Boolean>> answers) {
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("Interrupted while asking which jobs are known; they are looked at again", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new JobException("The job servers did not say which jobs they know; asked again soon", e);
        }
    }
}
