package dev.darkroom.media;

import dev.darkroom.jobs.JobException;
import org.jspecify.annotations.Nullable;

/** The photo store could not be asked, or is too busy. What was to be written may be there or not: repeat. */
public final class StorageUnreachableException extends JobException {

    private static final long serialVersionUID = 1L;

    StorageUnreachableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
