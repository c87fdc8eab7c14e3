package dev.darkroom.jobs;

/**
 * Does the jobs of one type. A job may run twice (a process can die after the effect and before the record of it), so
 * the effect must be idempotent. One handler instance serves all threads of a process.
 */
@FunctionalInterface
public interface JobHandler<J extends Job> {

    /**
     * Does the job and says what became of it. Whatever is thrown counts as unexpected and becomes a
     * {@link Outcome.Retry}. An interrupt means that the process is stopping or that the job's time-out has passed.
     */
    Outcome handle(J job, JobContext context) throws Exception;
}
