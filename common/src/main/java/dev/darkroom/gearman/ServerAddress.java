package dev.darkroom.gearman;

/**
 * Where a job server listens.
 *
 * @param host name or address
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {

    /** The port that IANA assigned to Gearman. */
    public static final int DEFAULT_PORT = 4730;

    public ServerAddress {
        if (host.isBlank()) {
            throw new IllegalArgumentException("A job server needs a host");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("A job server's port lies between 1 and 65535, not " + port);
        }
    }

    /** Reads {@code host}, {@code host:port} or {@code [ipv6]:port}. */
    public static ServerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean port =
                colon > 0 && colon > text.lastIndexOf(']') && (text.indexOf(':') == colon || text.startsWith("["));
        String host = port ? text.substring(0, colon) : text;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new ServerAddress(host, port ? Integer.parseInt(text.substring(colon + 1)) : DEFAULT_PORT);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Not a job server's address (host:port): " + text, e);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
