package dev.darkroom.jobs.dispatch;

import java.util.List;
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

    /** One turn of a job on its way to a job server, and the Gearman function that it goes to. */
    record Outgoing(String function, JobEnvelope envelope, boolean urgent) {}

    /** What became of turns of jobs; told from any thread, of each once. */
    interface Answers {

        /** A job server has it. */
        void taken(Outgoing job);

        /** It was not sent, was refused, or it is unknown whether a server has it. */
        void lost(Outgoing job, Exception cause);
    }

    /** Submits turns of jobs, in this order. */
    void submit(List<Outgoing> jobs, Answers answers);

    /** Whether a server knows this turn of the job, waiting or running. */
    CompletionStage<Boolean> knows(long id, int turn);

    /**
     * What all servers together hold, by function; of one that does not answer for a moment, what it said last.
     *
     * @throws dev.darkroom.jobs.JobException if a server has never said
     */
    Map<String, Load> loads();
}
