package dev.darkroom.gearman.connection;

import dev.darkroom.gearman.NotConnectedException;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.TlsHandshakeException;
import dev.darkroom.gearman.TlsSettings;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.PacketDecoder;
import dev.darkroom.gearman.protocol.PacketReader;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection to one job server, reconnecting with backoff until stopped. Its methods are called on the event
 * loop; {@link #isConnected} from anywhere.
 */
public final class ServerLink {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);

    private final ServerAddress server;
    private final LinkSettings settings;
    private final EventLoop loop;
    private final ConnectionListener listener;
    private final Function<ServerLink, ConnectionHandler> handlers;
    private final SplittableRandom random = new SplittableRandom();
    private volatile @Nullable ConnectionHandler connection;
    private @Nullable Future<?> pending;
    private @Nullable ConnectionHandler opening;
    private int failures;
    private long serial;
    private boolean stopped;

    ServerLink(
            ServerAddress server,
            LinkSettings settings,
            EventLoop loop,
            ConnectionListener listener,
            Function<ServerLink, ConnectionHandler> handlers) {
        this.server = server;
        this.settings = settings;
        this.loop = loop;
        this.listener = listener;
        this.handlers = handlers;
    }

    public ServerAddress server() {
        return server;
    }

    public boolean isConnected() {
        return connection != null;
    }

    /** The established connection, if there is one. */
    @Nullable
    public ConnectionHandler connection() {
        return connection;
    }

    /** Tells the connections of this link apart: grows with each. */
    public long serial() {
        return serial;
    }

    /** Whether the server was away: the connection is not the first, or the first attempts failed. */
    public boolean isReturning() {
        return serial > 1 || failures > 0;
    }

    public void connect() {
        if (stopped) {
            return;
        }
        PacketReader reader = new PacketReader(Magic.RESPONSE, settings.maxPacketSize());
        pending = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (settings.tls() != null) {
                            TlsOpening.prepare(channel, settings.tls(), server, settings.connectTimeout());
                        }
                        opening = handlers.apply(ServerLink.this);
                        channel.pipeline().addLast(new PacketDecoder(reader), opening);
                    }
                })
                .connect(server.host(), server.port())
                // A cancelled attempt would leave its channel open.
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE)
                .addListener(attempt -> {
                    if (!attempt.isSuccess()) {
                        failed(attempt.cause());
                    }
                });
    }

    /** Ends for good: no further attempt; an established connection is left to its owner to close. */
    public void stop() {
        stopped = true;
        if (pending != null) {
            pending.cancel(false);
        }
        if (opening != null) {
            opening.abandon(new NotConnectedException("this side was closed"));
        }
    }

    /** Ends for good, an established connection too. */
    void end() {
        stop();
        if (connection != null) {
            connection.abandon(new NotConnectedException("this side was closed"));
        }
    }

    public void opened(ConnectionHandler opened) {
        serial++;
        opening = null;
        connection = opened;
    }

    /** The server has answered something: a server that only accepts and hangs up is still backed away from. */
    public void proven() {
        failures = 0;
    }

    public void ready() {
        LOG.info("Connected to job server {}", server);
        listener.connected(server);
    }

    public void closed(Throwable cause, Runnable cleanUp) {
        connection = null;
        cleanUp.run();
        // A server that refuses the client's certificate does so after each handshake: said once.
        if (!stopped && !(cause instanceof TlsHandshakeException && failures > 0)) {
            LOG.warn("Lost the connection to job server {}, connecting again: {}", server, cause.toString());
        }
        listener.connectionLost(server, cause);
        retry();
    }

    /** What the end of a connection that brought nothing means. */
    Throwable explain(Throwable end) {
        TlsSettings tls = settings.tls();
        return tls == null || stopped ? end : TlsHandshakeException.of(server, tls, end);
    }

    /** There is no connection yet. */
    void failed(Throwable cause) {
        opening = null;
        if (!stopped && failures == 0) {
            LOG.warn("Cannot connect to job server {}, trying on: {}", server, cause.toString());
        }
        retry();
    }

    private void retry() {
        if (stopped || loop.isShuttingDown()) {
            return;
        }
        Duration wait = settings.backoff().after(++failures, random);
        pending = loop.schedule(this::connect, wait.toMillis(), TimeUnit.MILLISECONDS);
    }
}
