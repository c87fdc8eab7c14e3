package dev.darkroom.jobs;

/** This process knows no type for a job: perhaps one of a newer release does. */
public final class UnknownJobTypeException extends JobException {

    private static final long serialVersionUID = 1;

    public UnknownJobTypeException(String message) {
        super(message);
    }
}
