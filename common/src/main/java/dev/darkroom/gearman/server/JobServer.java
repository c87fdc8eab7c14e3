package dev.darkroom.gearman.server;

import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketOutput;
import dev.darkroom.gearman.protocol.PacketType;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Gearman job server in this JVM, for the embedded default and for tests; production runs gearmand, whose behaviour
 * it has. One thread does everything; jobs live in memory alone and end with the server. Thread-safe.
 */
public final class JobServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobServer.class);
    private static final int BACKLOG = 1024;
    private static final int CLOSE_SECONDS = 5;

    private final JobServerSettings settings;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final ListeningChannel channel;
    private final JobTable table;
    private final RequestHandler requests;
    private final AdminCommands admin;
    private final Set<ServerConnection> connections = new LinkedHashSet<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile boolean ending;
    private boolean endsWithLastConnection;
    private int accepted;

    private JobServer(JobServerSettings settings, IoHandlerFactory handlers) {
        this.settings = settings;
        table = new JobTable(settings);
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("job-server", true), handlers);
        loop = group.next();
        JobQueue queue = new JobQueue(settings, table, loop, Clock.systemUTC());
        requests = new RequestHandler(queue, connections);
        admin = new AdminCommands(queue, connections, this::shutDown);
        try {
            channel = listen();
        } catch (RuntimeException e) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
            throw e;
        }
        group.terminationFuture().addListener(terminated -> hasEnded());
        LOG.info(
                "Job server listens on {}, {}",
                channel.localAddress(),
                settings.tls() == null ? "without TLS" : settings.tls());
    }

    /** Starts a server; throws where the port is taken. */
    public static JobServer start(JobServerSettings settings) {
        return start(settings, NioIoHandler.newFactory());
    }

    static JobServer start(JobServerSettings settings, IoHandlerFactory handlers) {
        return new JobServer(settings, handlers);
    }

    /** The port it listens on. */
    public int port() {
        return channel.localAddress().getPort();
    }

    /**
     * Completed when the server has ended, by {@link #close} or by the admin command {@code shutdown}; exceptionally
     * where its thread died of an error. Its port is free then.
     */
    public CompletableFuture<Void> closed() {
        return closed.copy();
    }

    /** Closes all connections and forgets all jobs. */
    @Override
    public void close() {
        if (!end().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            LOG.error("The job server's thread does not end; it is at\n{}", whereItIs());
        }
        closed.complete(null);
    }

    /** Looks at the tables on the server's thread. */
    <T> CompletableFuture<T> look(Function<JobTable, T> question) {
        return CompletableFuture.supplyAsync(() -> question.apply(table), loop);
    }

    private ListeningChannel listen() {
        RequestReader packets = new RequestReader(settings.maxPacketSize());
        return (ListeningChannel) new ServerBootstrap()
                .group(group)
                .channelFactory(JobServer::newChannel)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        accept(connection, packets);
                    }
                })
                .bind(settings.host(), settings.port())
                .syncUninterruptibly()
                .channel();
    }

    private static ListeningChannel newChannel() {
        try {
            return new ListeningChannel();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(Channel connection, RequestReader packets) {
        if (connections.size() >= settings.maxConnections()) {
            refuse(connection);
            return;
        }
        ServerConnection handler =
                new ServerConnection(++accepted, connection, settings.maxUnreadBytes(), requests, admin);
        connections.add(handler);
        // Not by channelInactive alone: a connection may close before it was ever active.
        connection.closeFuture().addListener(done -> disconnected(handler));
        if (settings.tls() != null) {
            TlsGate.putBefore(connection, settings.tls());
        }
        connection.pipeline().addLast(new RequestDecoder(packets), new FlowControlHandler(), handler);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for who was not let in.
    private void refuse(Channel connection) {
        LOG.warn("Refusing {}: there are {} connections", connection.remoteAddress(), settings.maxConnections());
        if (settings.tls() != null) {
            // To tell it so takes a handshake, for which it could stay as long as it likes beyond the limit.
            connection.close();
            return;
        }
        PacketOutput output = new PacketOutput(connection);
        output.write(Packet.response(
                PacketType.ERROR,
                "TOO_MANY_CONNECTIONS",
                "The job server has its limit of " + settings.maxConnections() + " connections"));
        output.flush();
        connection.writeAndFlush(connection.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
    }

    private void disconnected(ServerConnection connection) {
        requests.disconnected(connection);
        endWithLastConnection();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Where it does not close, no connection comes any more either.
    private void shutDown(boolean graceful) {
        if (!graceful) {
            end();
            return;
        }
        endsWithLastConnection = true;
        channel.close();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // hasEnded() hears of it.
    private void endWithLastConnection() {
        if (endsWithLastConnection && connections.isEmpty()) {
            end();
        }
    }

    private Future<?> end() {
        ending = true;
        return group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private void hasEnded() {
        channel.closeSockets();
        if (ending) {
            closed.complete(null);
        } else {
            LOG.error("The job server's thread died of an error: its connections are closed and its port is free");
            closed.completeExceptionally(new IllegalStateException("The job server's thread died of an error"));
        }
    }

    private String whereItIs() {
        StringBuilder text = new StringBuilder();
        if (loop instanceof SingleThreadEventExecutor executor) {
            for (StackTraceElement element : executor.threadProperties().stackTrace()) {
                text.append("    at ").append(element).append('\n');
            }
        }
        return text.toString();
    }
}
