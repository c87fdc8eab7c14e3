package dev.darkroom.ops.system;

import org.jspecify.annotations.Nullable;

/** Something the operator can put right. The message is one line: what happened and what to do. */
public final class OpsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public OpsException(String message) {
        super(message);
    }

    public OpsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Restores the interrupt of the current thread. */
    static OpsException interrupted(String during, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new OpsException("Interrupted while " + during + ".", cause);
    }
}
