package dev.darkroom.workers;

/** A job type was asked for that no handler here does. */
final class UnknownTypeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownTypeException(String message) {
        super(message);
    }
}
