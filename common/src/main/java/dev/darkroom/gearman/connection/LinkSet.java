package dev.darkroom.gearman.connection;

import dev.darkroom.gearman.ServerAddress;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one client or worker, and the one thread that serves them. Thread-safe; closed by its owner once.
 */
public final class LinkSet {

    private static final Logger LOG = LoggerFactory.getLogger(LinkSet.class);

    private final EventLoopGroup group;
    private final EventLoop loop;
    private final List<ServerLink> links = new ArrayList<>();
    private final CountDownLatch firstConnection = new CountDownLatch(1);

    public LinkSet(
            String threadName,
            LinkSettings settings,
            ConnectionListener listener,
            Function<ServerLink, ConnectionHandler> handlers) {
        group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory(threadName, true), NioIoHandler.newFactory());
        loop = group.next();
        ConnectionListener guarded = new GuardedListener(listener, firstConnection);
        for (ServerAddress server : settings.servers()) {
            links.add(new ServerLink(server, settings, loop, guarded, handlers));
        }
    }

    public EventLoop loop() {
        return loop;
    }

    public List<ServerLink> links() {
        return links;
    }

    public void connect() {
        loop.execute(() -> links.forEach(ServerLink::connect));
    }

    public Set<ServerAddress> connected() {
        return links.stream()
                .filter(ServerLink::isConnected)
                .map(ServerLink::server)
                .collect(Collectors.toUnmodifiableSet());
    }

    public boolean awaitConnected(Duration timeout) throws InterruptedException {
        return firstConnection.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the thread; tasks already given to it still run. Waits for that for up to two seconds. */
    public void shutDown() {
        Future<?> end = group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        if (!loop.inEventLoop()) {
            end.awaitUninterruptibly(3, TimeUnit.SECONDS);
        }
    }

    /** Keeps a listener's failure from breaking the connection that it is told of. */
    private record GuardedListener(ConnectionListener listener, CountDownLatch latch) implements ConnectionListener {

        @Override
        public void connected(ServerAddress server) {
            latch.countDown();
            guard(() -> listener.connected(server));
        }

        @Override
        public void connectionLost(ServerAddress server, Throwable cause) {
            guard(() -> listener.connectionLost(server, cause));
        }

        private static void guard(Runnable call) {
            try {
                call.run();
            } catch (Throwable e) {
                // An Error of the listener's would end the connection as an exception would.
                LOG.error("A connection listener failed; going on without it", e);
            }
        }
    }
}
