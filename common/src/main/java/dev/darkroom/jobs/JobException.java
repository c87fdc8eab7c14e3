package dev.darkroom.jobs;

import org.jspecify.annotations.Nullable;

/** Root of what the job platform throws. The message says what happens next. */
public class JobException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JobException(String message) {
        super(message);
    }

    public JobException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
