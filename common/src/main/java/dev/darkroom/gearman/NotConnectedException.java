package dev.darkroom.gearman;

/** No job server is connected, so nothing was sent. Try again after the listener reported a connection. */
public final class NotConnectedException extends GearmanException {

    public NotConnectedException(String message) {
        super(message);
    }
}
