package dev.darkroom.jobs;

import org.jspecify.annotations.Nullable;

/** A bulk that stopped half-way: what was committed stays, and the same call with the same name goes on from there. */
public final class BulkException extends JobException {

    private static final long serialVersionUID = 1L;

    private final long enqueued;

    public BulkException(String name, long enqueued, @Nullable Throwable cause) {
        super(
                "The bulk " + name + " stopped after " + enqueued
                        + " jobs that are enqueued for certain; call again with"
                        + " the same name and the same jobs to go on"
                        + (cause == null ? "" : ": " + cause.getMessage()),
                cause);
        this.enqueued = enqueued;
    }

    /** How many of the iterator's jobs are enqueued for certain. */
    public long enqueued() {
        return enqueued;
    }
}
