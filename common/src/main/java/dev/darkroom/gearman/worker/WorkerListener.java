package dev.darkroom.gearman.worker;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.connection.ConnectionListener;

/** Hears of a worker's connections and of answers that could not be given. Called on the event loop: must not block. */
public interface WorkerListener extends ConnectionListener {

    /** Hears nothing. */
    WorkerListener NONE = new WorkerListener() {};

    /**
     * A completion or failure was not sent: the job's connection is gone, so that the server gives the job to someone
     * else, or it had been answered before.
     */
    default void answerDropped(AssignedJob job, String reason) {}

    /**
     * The job server reported an error. {@code JOB_NOT_FOUND} follows the answer to a job that the server had already
     * taken away because its time-out was over.
     */
    default void serverError(ServerAddress server, String code, String text) {}
}
