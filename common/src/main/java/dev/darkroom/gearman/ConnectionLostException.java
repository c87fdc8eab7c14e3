package dev.darkroom.gearman;

import org.jspecify.annotations.Nullable;

/** The connection went away before the answer came. Whether the job server took the request is unknown. */
public final class ConnectionLostException extends GearmanException {

    private final ServerAddress server;

    public ConnectionLostException(ServerAddress server, @Nullable Throwable cause) {
        super("Lost the connection to job server " + server + (cause == null ? "" : ": " + cause.getMessage()), cause);
        this.server = server;
    }

    /** The job server whose connection was lost. */
    public ServerAddress server() {
        return server;
    }
}
