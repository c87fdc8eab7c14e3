package dev.darkroom.ops.system;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Ports of 127.0.0.1 for parts that keep them for as long as the system runs. They lie below the range from which the
 * kernel takes the near ends of outgoing connections: else, while a part is being restarted, one of its clients could be
 * given the part's own port. Not thread-safe.
 */
public final class FreePorts {

    private static final Path EPHEMERAL = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int LOWEST = 10_000;
    private static final int USUAL_EPHEMERAL = 32_768;
    private static final int ATTEMPTS = 1_000;

    private final RandomGenerator random;
    private final Set<Integer> given = new HashSet<>();

    public FreePorts(RandomGenerator random) {
        this.random = random;
    }

    public int next() {
        int end = Math.max(LOWEST + 1_000, lowestEphemeral());
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = random.nextInt(LOWEST, end);
            if (given.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new OpsException("No free port was found on " + Address.LOOPBACK + ": stop what uses them.");
    }

    /** The port itself, when nobody listens on it. */
    int require(int port, String option) {
        if (!isFree(port)) {
            throw new OpsException("Port " + port + " of " + Address.LOOPBACK
                    + " is in use by another program: stop that program or give another port with " + option + ".");
        }
        given.add(port);
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (BindException e) {
            if (String.valueOf(e.getMessage()).contains("Permission denied")) {
                throw new OpsException("Port " + port + " may be used by root only: choose one of 1024 or more.", e);
            }
            return false;
        } catch (IOException e) {
            throw new OpsException("Port " + port + " could not be tried: " + e.getMessage(), e);
        }
    }

    private static int lowestEphemeral() {
        try {
            return Files.exists(EPHEMERAL)
                    ? Integer.parseInt(Files.readString(EPHEMERAL).strip().split("\\s+", -1)[0])
                    : USUAL_EPHEMERAL;
        } catch (IOException e) {
            return USUAL_EPHEMERAL;
        }
    }
}
