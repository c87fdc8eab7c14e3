package dev.darkroom.workers.runtime;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/** The name of this machine, as heartbeats and failures give it. */
public final class HostName {

    private HostName() {}

    /** The environment's {@code HOSTNAME}, else the resolver's answer, else {@code localhost}; never with a blank. */
    public static String ofThisMachine() {
        String name = Objects.requireNonNullElseGet(System.getenv("HOSTNAME"), HostName::resolved);
        return name.isBlank() ? "localhost" : name.strip().replace(' ', '-');
    }

    private static String resolved() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
