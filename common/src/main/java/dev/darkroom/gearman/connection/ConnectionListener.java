package dev.darkroom.gearman.connection;

import dev.darkroom.gearman.ServerAddress;

/** Hears of connections coming and going. Called on an event loop: must not block. */
public interface ConnectionListener {

    /** Hears nothing. */
    ConnectionListener NONE = new ConnectionListener() {};

    /** The connection to this server is up and usable. */
    default void connected(ServerAddress server) {}

    /** The connection to this server is gone; another is tried until close. Not called for failed attempts. */
    default void connectionLost(ServerAddress server, Throwable cause) {}
}
