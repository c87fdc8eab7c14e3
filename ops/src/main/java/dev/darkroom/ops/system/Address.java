package dev.darkroom.ops.system;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Where a server listens, in the form {@code host:port}. */
record Address(String host, int port) {

    static final String LOOPBACK = "127.0.0.1";

    private static final Duration CONNECT = Duration.ofSeconds(5);

    static Address loopback(int port) {
        return new Address(LOOPBACK, port);
    }

    /** @param what the option or server, for the message */
    static Address parse(String what, String text) {
        int colon = text.lastIndexOf(':');
        String digits = text.substring(colon + 1);
        if (colon < 1 || !digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 65535) {
            throw new OpsException("\"" + text + "\" is no address for " + what + ": give it as host:port.");
        }
        return new Address(text.substring(0, colon), Integer.parseInt(digits));
    }

    void requireReachable(String what) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
        } catch (IOException e) {
            throw new OpsException(
                    what + " can't be reached at " + this + " (" + e.getMessage()
                            + "): start it there, correct the address, or leave it out to get an embedded one.",
                    e);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
