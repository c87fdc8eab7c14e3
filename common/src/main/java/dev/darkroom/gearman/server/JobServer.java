package dev.darkroom.gearman.server;

import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.PacketReader;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Gearman job server in this JVM, for the embedded default and for tests; production runs gearmand. One thread does
 * everything; jobs live in memory alone and end with the server. Thread-safe.
 */
public final class JobServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobServer.class);
    private static final int BACKLOG = 1024;

    private final EventLoopGroup group;
    private final Channel channel;
    private final Set<ServerConnection> connections = new LinkedHashSet<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private int accepted;

    private JobServer(JobServerSettings settings) {
        group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("job-server", true), NioIoHandler.newFactory());
        JobQueue queue = new JobQueue(settings, new JobTable(settings), group.next(), Clock.systemUTC());
        RequestHandler requests = new RequestHandler(queue, connections);
        AdminCommands admin = new AdminCommands(queue, connections, this::endSoon);
        PacketReader packets = new PacketReader(Magic.REQUEST, settings.maxPacketSize());
        try {
            channel = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.SO_KEEPALIVE, true)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel connection) {
                            accept(connection, packets, requests, admin);
                        }
                    })
                    .bind(settings.host(), settings.port())
                    .syncUninterruptibly()
                    .channel();
        } catch (RuntimeException e) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
            throw e;
        }
        LOG.info("Job server listens on {}", channel.localAddress());
    }

    /** Starts a server; throws where the port is taken. */
    public static JobServer start(JobServerSettings settings) {
        return new JobServer(settings);
    }

    /** The port it listens on. */
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Completed when the server has ended, by {@link #close} or by the admin command {@code shutdown}. */
    public CompletableFuture<Void> closed() {
        return closed.copy();
    }

    /** Closes all connections and forgets all jobs. */
    @Override
    public void close() {
        end().awaitUninterruptibly(5, TimeUnit.SECONDS);
        closed.complete(null);
    }

    private void accept(Channel connection, PacketReader packets, RequestHandler requests, AdminCommands admin) {
        ServerConnection handler = new ServerConnection(++accepted, connection, requests, admin);
        connections.add(handler);
        LOG.debug("Accepted connection {} from {}", accepted, connection.remoteAddress());
        connection.pipeline().addLast(new RequestDecoder(packets), handler);
    }

    private void endSoon() {
        end().addListener(done -> closed.complete(null));
    }

    private io.netty.util.concurrent.Future<?> end() {
        return group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
