package dev.darkroom.gearman;

/** The peer sent bytes that the protocol does not allow. The connection is closed. */
public final class ProtocolException extends GearmanException {

    public ProtocolException(String message) {
        super(message);
    }
}
