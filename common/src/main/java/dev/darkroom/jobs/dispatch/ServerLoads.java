package dev.darkroom.jobs.dispatch;

import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.jobs.JobException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one job server holds. A server that stands still costs those who ask one short wait, then none for a while: what it
 * said last stands for it until it answers, or until its connection is given up. Thread-safe.
 */
final class ServerLoads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLoads.class);

    private static final Duration ANSWER = Duration.ofMillis(1_500);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(3);

    private final GearmanAdmin admin;
    private @Nullable Map<String, Broker.Load> last;
    private long askAgain = System.nanoTime();

    ServerLoads(ServerAddress server) {
        this.admin = new GearmanAdmin(server, ANSWER);
    }

    ServerAddress address() {
        return admin.server();
    }

    /** @throws JobException if it does not answer and never has */
    synchronized Map<String, Broker.Load> read() {
        if (last == null || System.nanoTime() - askAgain >= 0) {
            try {
                last = ask();
            } catch (GearmanException e) {
                askAgain = System.nanoTime() + LEFT_ALONE.toNanos();
                LOG.warn("The job server {} does not say what it holds; asked again in {}", address(), LEFT_ALONE);
                if (last == null) {
                    throw new JobException(
                            "The job server " + address() + " has not said yet what it holds; asked again", e);
                }
            }
        }
        return last;
    }

    private Map<String, Broker.Load> ask() {
        Map<String, Broker.Load> loads = new HashMap<>();
        admin.status()
                .forEach((function, status) -> loads.put(function, new Broker.Load(status.total(), status.running())));
        return loads;
    }

    @Override
    public void close() {
        admin.close();
    }
}
