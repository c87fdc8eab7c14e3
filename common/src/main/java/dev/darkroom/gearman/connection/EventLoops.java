package dev.darkroom.gearman.connection;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Threads that serve connections. A client or worker has one of its own unless it is built on these: share them where
 * there are many. A callback that blocks or takes long then delays everybody on its thread. Thread-safe. Belongs to who
 * made it: close what uses it first. What still does then loses its connections for good.
 */
public final class EventLoops implements AutoCloseable {

    private final EventLoopGroup group;

    /** Daemon threads, started when they are first used. */
    public EventLoops(int threads) {
        this(threads, "gearman-io");
    }

    EventLoops(int threads, String threadName) {
        if (threads < 1) {
            throw new IllegalArgumentException("At least one thread must serve connections, not " + threads);
        }
        group = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory(threadName, true), NioIoHandler.newFactory());
    }

    /** The threads take turns. */
    EventLoop next() {
        return group.next();
    }

    /** Ends the threads; tasks already given to them still run. Waits for that for up to two seconds. */
    @Override
    public void close() {
        Future<?> end = group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        for (EventExecutor executor : group) {
            if (executor.inEventLoop()) {
                return;
            }
        }
        end.awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
