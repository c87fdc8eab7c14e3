package dev.darkroom.gearman.admin;

/**
 * A job as a job server lists it.
 *
 * @param handle what the server calls it
 * @param timesLost how often it was taken from a worker that vanished, withdrew or was over its time
 * @param ignored nobody wants it any more: it is dropped when its turn comes
 * @param background it was submitted by a client that does not wait for it
 */
public record ListedJob(String handle, long timesLost, boolean ignored, boolean background) {}
