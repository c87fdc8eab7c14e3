package dev.darkroom.gearman;

/** A job server refused a request with an ERROR packet or an ERR line. */
public final class ServerErrorException extends GearmanException {

    private final ServerAddress server;
    private final String code;

    public ServerErrorException(ServerAddress server, String code, String text) {
        super("Job server " + server + " answered " + code + ": " + text);
        this.server = server;
        this.code = code;
    }

    public ServerAddress server() {
        return server;
    }

    /** The server's code, such as {@code QUEUE_ERROR} or {@code ARGUMENT_TOO_LARGE}. */
    public String code() {
        return code;
    }
}
