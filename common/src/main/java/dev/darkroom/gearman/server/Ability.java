package dev.darkroom.gearman.server;

import java.util.LinkedHashSet;
import java.util.Set;

/** That a connection does a function, and the jobs of it that it has. Lives on the server's event loop. */
final class Ability {

    /** Memory of one, estimated: objects, and entries in maps. */
    static final int SIZE = 320;

    final ServerConnection connection;
    final FunctionQueue function;

    /** In the order in which they were handed out. */
    final Set<Job> running = new LinkedHashSet<>(4);

    /** How often it was announced: gearmand counts and lists each time. */
    int times;

    /** Milliseconds a job may take; zero or less for any. */
    long timeout;

    /** The later it was announced, the smaller. */
    long order;

    Ability(ServerConnection connection, FunctionQueue function) {
        this.connection = connection;
        this.function = function;
    }
}
