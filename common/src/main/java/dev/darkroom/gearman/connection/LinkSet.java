package dev.darkroom.gearman.connection;

import dev.darkroom.gearman.ServerAddress;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one client or worker, and the one thread that serves them, its own or shared. Thread-safe; closed by its owner once.
 */
public final class LinkSet {

    private static final Logger LOG = LoggerFactory.getLogger(LinkSet.class);

    /** Null where the threads are shared. */
    private final @Nullable EventLoops own;

    private final EventLoop loop;
    private final List<ServerLink> links = new ArrayList<>();
    private final CountDownLatch firstConnection = new CountDownLatch(1);

    public LinkSet(
            String threadName,
            LinkSettings settings,
            @Nullable EventLoops shared,
            ConnectionListener listener,
            Function<ServerLink, ConnectionHandler> handlers) {
        EventLoops loops = shared == null ? new EventLoops(1, threadName) : shared;
        own = shared == null ? loops : null;
        loop = loops.next();
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

    /**
     * Closes what is still connected and, unless it is shared, ends the thread; tasks already given to it still run. Waits
     * for that for up to some seconds, but not on the thread itself.
     */
    public void shutDown() {
        try {
            Future<?> end = loop.submit(() -> links.forEach(ServerLink::end));
            if (!loop.inEventLoop()) {
                end.awaitUninterruptibly(3, TimeUnit.SECONDS);
                // Handlers hear of the end in a turn of their own, which was queued by now.
                loop.submit(() -> {}).awaitUninterruptibly(3, TimeUnit.SECONDS);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("The threads shared with others were closed before; nothing is connected any more");
        }
        if (own != null) {
            own.close();
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
