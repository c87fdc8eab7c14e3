package dev.darkroom.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** TCP ports of the loopback address. */
final class Ports {

    static final String LOOPBACK = "127.0.0.1";

    private Ports() {}

    static InetSocketAddress loopback(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }

    /** A port nobody listens on now; another process may take it before the caller does. */
    static int free() {
        return bind(0);
    }

    /** Fails when somebody listens on the port already. */
    static void requireFree(int port, String server) {
        try {
            bind(port);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof BindException) {
                throw taken(port, server);
            }
            throw e;
        }
    }

    static EmbeddedServerException taken(int port, String server) {
        return new EmbeddedServerException("Port " + port + " of " + LOOPBACK
                + " is in use by another program: stop that program or choose another port for " + server + ".");
    }

    private static int bind(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(loopback(port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
