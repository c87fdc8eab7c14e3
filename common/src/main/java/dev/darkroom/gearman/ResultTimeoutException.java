package dev.darkroom.gearman;

/**
 * A job's result did not come in the time that the caller gave it. The job is not cancelled: it goes on, and its result
 * is ignored.
 */
public final class ResultTimeoutException extends GearmanException {

    public ResultTimeoutException(String message) {
        super(message);
    }
}
