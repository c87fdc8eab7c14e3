package dev.darkroom.gearman.worker;

/** Takes the jobs that a worker was assigned. */
@FunctionalInterface
public interface JobReceiver {

    /**
     * Called on the worker's event loop: must not block, and should hand the job to another thread. The job counts
     * against the worker's capacity until it is completed or failed. If this throws, the job is failed.
     */
    void receive(AssignedJob job);
}
