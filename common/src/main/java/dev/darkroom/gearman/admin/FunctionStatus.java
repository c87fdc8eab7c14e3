package dev.darkroom.gearman.admin;

/**
 * What a job server says of a function.
 *
 * @param total jobs that wait or run
 * @param running jobs that a worker has
 * @param availableWorkers connections that announced the function, busy ones too
 */
public record FunctionStatus(long total, long running, long availableWorkers) {

    /** Jobs that no worker has yet. */
    public long waiting() {
        return total - running;
    }
}
