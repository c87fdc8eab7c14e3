package dev.darkroom.gearman.server;

import dev.darkroom.gearman.ServerTlsSettings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns away who does not get through the TLS handshake, and says why once. Lives on the server's event loop. */
final class TlsGate extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(TlsGate.class);

    private boolean decided;
    private boolean passed;

    private TlsGate() {}

    /** Makes an accepted connection speak TLS before anything else. */
    static void putBefore(Channel connection, ServerTlsSettings settings) {
        SslHandler tls = new SslHandler(settings.newEngine());
        tls.setHandshakeTimeoutMillis(settings.handshakeTimeout().toMillis());
        connection.pipeline().addLast(tls, new TlsGate());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !decided) {
            if (handshake.isSuccess()) {
                decided = true;
                passed = true;
            } else {
                turnAway(context, handshake.cause());
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (passed) {
            context.fireExceptionCaught(cause);
        } else {
            turnAway(context, cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive hears of it.
    private void turnAway(ChannelHandlerContext context, Throwable cause) {
        if (!decided) {
            decided = true;
            Object peer = context.channel().remoteAddress();
            if (cause instanceof ClosedChannelException) {
                LOG.debug("The connection from {} was closed before its TLS handshake was done", peer);
            } else {
                LOG.warn("Closing the connection from {}: {}", peer, reason(cause));
            }
        }
        context.close();
    }

    private static String reason(Throwable cause) {
        if (cause instanceof NotSslRecordException) {
            return "it speaks no TLS, and this port takes nothing else: set up TLS in that client";
        }
        if (cause instanceof SslHandshakeTimeoutException) {
            return "it did not do its TLS handshake in time: it is slow, or speaks no TLS";
        }
        String text = String.valueOf(cause.getMessage());
        if (text.contains("Empty client certificate chain")) {
            return "it shows no client certificate of the required authority: give that client one";
        }
        if (text.contains("fatal alert") && (text.contains("certificate") || text.contains("unknown_ca"))) {
            return "it does not accept this server's certificate (" + text
                    + "): see that it is valid, names this host, and that the client trusts who issued it";
        }
        return "its TLS handshake failed: " + text + "; see that both share a TLS version and cipher";
    }
}
