package dev.darkroom.gearman.worker;

/** What a worker does for a function: takes a job, gives its result. Called by several threads at once. */
@FunctionalInterface
public interface JobFunction {

    /**
     * Does one job on a thread of the worker's executor.
     *
     * @return the result, sent with WORK_COMPLETE; may be empty
     * @throws Exception fails the job for good: its class and message are sent with WORK_EXCEPTION, which a client gets
     *     that asked for exceptions, while any other hears only that the job failed. Once the worker is closing, anything
     *     thrown gives the job back instead: the server hands it to another worker.
     */
    byte[] run(RunningJob job) throws Exception;
}
