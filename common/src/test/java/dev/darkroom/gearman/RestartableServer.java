package dev.darkroom.gearman;

import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.connection.Backoff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A job server on a free port of this machine, started before the first test of a class and ended after the last.
 * Register it as a static field; tests share it, so each should use functions of its own.
 */
public abstract class RestartableServer implements BeforeAllCallback, AfterAllCallback {

    private final int port = freePort();

    public final ServerAddress address() {
        return new ServerAddress("127.0.0.1", port);
    }

    /** Starts the server on the same port as before and waits until it takes connections. */
    public final void start() {
        launch(port);
        try (GearmanClient client = GearmanClient.builder()
                .servers(List.of(address()))
                .backoff(new Backoff(Duration.ofMillis(5), Duration.ofMillis(50)))
                .build()) {
            if (!client.awaitConnected(Duration.ofSeconds(20))) {
                throw new IllegalStateException("No job server came up on " + address());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a job server started", e);
        }
    }

    /** Ends the server at once; its jobs are gone. */
    public abstract void kill();

    public abstract void launch(int onPort);

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        kill();
    }

    /**
     * A free port below those that outgoing connections take: else a client that connects again could take the port of the
     * server that is down.
     */
    private static int freePort() {
        return ThreadLocalRandom.current()
                .ints(100, 12_000, 30_000)
                .filter(RestartableServer::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No free port was found in a hundred attempts"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
