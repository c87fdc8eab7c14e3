package dev.darkroom.jobs;

import org.jspecify.annotations.Nullable;

/** The stored arguments of a job do not fit its type: running it again cannot help. */
public final class UnreadableJobException extends JobException {

    private static final long serialVersionUID = 1L;

    public UnreadableJobException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
