package dev.darkroom.jobs;

import org.jspecify.annotations.Nullable;

/**
 * The connection broke during the commit: whether the transaction took place is not known. Its data and its jobs came to be
 * together or not at all; whoever must know looks for something that it wrote, or repeats it under an idempotency key.
 */
public final class CommitUnknownException extends JobException {

    private static final long serialVersionUID = 1L;

    public CommitUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
