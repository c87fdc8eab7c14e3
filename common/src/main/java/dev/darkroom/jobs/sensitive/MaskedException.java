package dev.darkroom.jobs.sensitive;

/** In the place of an error whose text would have shown a sensitive argument; with its stack, without its causes. */
public final class MaskedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MaskedException(String message, Throwable original) {
        super(original.getClass().getName() + ": " + message);
        setStackTrace(original.getStackTrace());
    }
}
