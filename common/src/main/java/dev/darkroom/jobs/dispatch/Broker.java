package dev.darkroom.jobs.dispatch;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The job servers as the dispatch needs them. Thread-safe. */
interface Broker {

    /**
     * What the servers hold of one function.
     *
     * @param total jobs waiting and running
     * @param running jobs handed to a worker
     */
    record Load(long total, long running) {

        static final Load NONE = new Load(0, 0);
    }

    boolean isConnected();

    /** Submits one turn of a job; completes when a server has taken it. */
    CompletionStage<?> submit(String type, JobEnvelope envelope, boolean urgent);

    /** Whether a server knows this turn of the job, waiting or running. */
    CompletionStage<Boolean> knows(long id, int turn);

    /**
     * What all servers together hold, by function; of one that does not answer for a moment, what it said last.
     *
     * @throws dev.darkroom.jobs.JobException if a server has never said
     */
    Map<String, Load> loads();
}
