package dev.darkroom.api.health;

import com.codahale.metrics.health.HealthCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * A server without which the API still answers, only less well: healthy with the message {@code degraded} while no connection
 * to it can be made, so that no balancer takes the process away for it. Tells for how long it has been so.
 */
public final class HelperHealthCheck extends HealthCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final String host;
    private final int port;
    private final String consequence;
    private final Since since = new Since();

    /** @param consequence what does not work without the server, for whoever reads the health page */
    public HelperHealthCheck(String host, int port, String consequence) {
        this.host = host;
        this.port = port;
        this.consequence = consequence;
    }

    /** @param address {@code host:port} */
    public static HelperHealthCheck of(String address, String consequence) {
        int colon = address.lastIndexOf(':');
        return new HelperHealthCheck(
                address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)), consequence);
    }

    @Override
    protected Result check() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) TIMEOUT.toMillis());
            return Result.builder()
                    .healthy()
                    .withDetail("degraded", false)
                    .withDetail("reachableForSeconds", since.seen(true).toSeconds())
                    .build();
        } catch (IOException e) {
            return Result.builder()
                    .healthy()
                    .withMessage("degraded: %s:%d cannot be reached, %s", host, port, consequence)
                    .withDetail("degraded", true)
                    .withDetail("awayForSeconds", since.seen(false).toSeconds())
                    .build();
        }
    }
}
