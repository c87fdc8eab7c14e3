package dev.darkroom.gearman;

/** A job server did not answer in time. Whether it took the request is unknown. */
public final class AnswerTimeoutException extends GearmanException {

    public AnswerTimeoutException(String message) {
        super(message);
    }
}
