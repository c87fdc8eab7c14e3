package dev.darkroom.media;

import dev.darkroom.jobs.JobException;

/** The photo store answered no, and will again: rights, bucket or configuration are wrong. */
public final class StorageRefusedException extends JobException {

    private static final long serialVersionUID = 1L;

    StorageRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
