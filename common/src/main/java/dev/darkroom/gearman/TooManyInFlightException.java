package dev.darkroom.gearman;

/** As many submissions as allowed wait for their answer; nothing was sent. Wait for some of them, then try again. */
public final class TooManyInFlightException extends GearmanException {

    public TooManyInFlightException(String message) {
        super(message);
    }
}
