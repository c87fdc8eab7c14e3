package dev.darkroom.gearman.connection;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.TlsSettings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;

/** Leaves to the TLS handshake what connecting left of the time for both, then goes. Lives on the event loop. */
final class TlsOpening extends ChannelInboundHandlerAdapter {

    private final SslHandler tls;
    private final long deadline;

    private TlsOpening(SslHandler tls, long deadline) {
        this.tls = tls;
        this.deadline = deadline;
    }

    /** Makes a channel that is about to connect speak TLS. */
    static void prepare(Channel channel, TlsSettings settings, ServerAddress server, Duration timeout) {
        SslHandler tls = new SslHandler(settings.newEngine(server));
        // Handshakes start when the second one hears that the channel is active.
        channel.pipeline().addLast(new TlsOpening(tls, System.nanoTime() + timeout.toNanos()), tls);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        tls.setHandshakeTimeoutMillis(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        context.pipeline().remove(this);
        context.fireChannelActive();
    }
}
