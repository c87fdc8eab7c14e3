package dev.darkroom.gearman.client;

/**
 * Hears what a foreground job's worker sends while the job runs, each packet once and in order. Called on the client's
 * event loop, so it must not block; what it throws is logged and harms nothing else. Not called any more once the job's
 * result is there, failed or cancelled.
 */
public interface JobUpdates {

    /** Hears nothing. */
    JobUpdates NONE = new JobUpdates() {};

    /** A part of the result, or whatever else worker and client agreed on. */
    default void data(byte[] data) {}

    /** As {@link #data}, meant as a warning. */
    default void warning(byte[] data) {}

    /** How far the job is, in the worker's own units. */
    default void progress(long numerator, long denominator) {}
}
