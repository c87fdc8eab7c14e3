package dev.darkroom.embedded;

/** An embedded server could not be prepared, started or stopped. The message says what happened and what to do. */
public final class EmbeddedServerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public EmbeddedServerException(String message) {
        super(message);
    }

    public EmbeddedServerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Restores the interrupt of the current thread. */
    static EmbeddedServerException interrupted(String during, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new EmbeddedServerException("Interrupted while " + during + ".", cause);
    }
}
