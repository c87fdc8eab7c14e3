package dev.darkroom.gearman.server;

/** The server does not do what was asked; the connection stays and is told why with an ERROR packet. */
final class RefusedException extends RuntimeException {

    private final String code;

    RefusedException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }
}
