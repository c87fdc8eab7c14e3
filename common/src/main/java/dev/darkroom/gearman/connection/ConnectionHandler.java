package dev.darkroom.gearman.connection;

import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketOutput;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.EOFException;
import org.jspecify.annotations.Nullable;

/**
 * One established connection to a job server: gathers what is sent, remembers why it broke. Lives on the event loop
 * from connect to close and is never used again after that.
 */
public abstract class ConnectionHandler extends ChannelInboundHandlerAdapter {

    protected final ServerLink link;
    private @Nullable PacketOutput output;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Throwable failure;
    private long lastRead = System.nanoTime();
    private boolean heard;
    private boolean gone;

    protected ConnectionHandler(ServerLink link) {
        this.link = link;
    }

    /** The connection is up: announce yourself. What is written here is flushed. */
    protected abstract void opened();

    protected abstract void received(Packet packet);

    /** All packets that had arrived were given to {@link #received}. What is written here is flushed. */
    protected abstract void readFinished();

    /** The connection takes more again. What is written here is flushed. */
    protected void writable() {}

    /** The connection is gone. */
    protected abstract void closed(Throwable cause);

    public final PacketOutput output() {
        if (output == null) {
            throw new IllegalStateException("Not connected yet");
        }
        return output;
    }

    /** When bytes last arrived, by {@link System#nanoTime()}. */
    public final long lastRead() {
        return lastRead;
    }

    /** Gives the connection up because of this. */
    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive hears of it.
    public final void abandon(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        if (context != null) {
            context.close();
        }
    }

    /** Sends what is written, then says that nothing more comes, so that the other side reads all of it. */
    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive hears of it.
    public final void finish() {
        if (context != null && context.channel() instanceof SocketChannel channel) {
            output().flush();
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (tls == null) {
                channel.shutdownOutput();
            } else {
                // A connection that ends without close_notify counts as cut off.
                tls.closeOutbound().addListener(sent -> channel.shutdownOutput());
            }
        }
    }

    @Override
    public final void channelActive(ChannelHandlerContext active) {
        context = active;
        // Under TLS nothing may be said, and nobody told, before the handshake is done.
        if (active.pipeline().get(SslHandler.class) == null) {
            open(active);
        }
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext active, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && output == null && failure == null) {
            if (handshake.isSuccess()) {
                open(active);
            } else {
                abandon(handshake.cause());
            }
        }
    }

    private void open(ChannelHandlerContext active) {
        output = new PacketOutput(active.channel());
        link.opened(this);
        opened();
        output.flush();
        link.ready();
    }

    @Override
    public final void channelRead(ChannelHandlerContext active, Object message) {
        // What follows a violation in the same read has no meaning any more.
        if (!gone && failure == null) {
            heard = true;
            received((Packet) message);
        }
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext active) {
        lastRead = System.nanoTime();
        if (output == null) {
            return; // A part of the handshake was read.
        }
        // Reading the end of a connection that never said anything comes here too.
        if (heard) {
            link.proven();
        }
        readFinished();
        output.flush();
    }

    @Override
    public final void channelWritabilityChanged(ChannelHandlerContext active) {
        if (active.channel().isWritable() && output != null) {
            writable();
            output.flush();
        }
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext active, Throwable cause) {
        abandon(cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause);
    }

    @Override
    public final void channelInactive(ChannelHandlerContext inactive) {
        gone = true;
        Throwable end = failure == null ? new EOFException("the job server closed it") : failure;
        // One that hangs up before its first word refused the client certificate, or speaks something else.
        Throwable cause = heard || end instanceof GearmanException ? end : link.explain(end);
        if (output == null) {
            link.failed(cause);
            return;
        }
        output.discard();
        link.closed(cause, () -> closed(cause));
    }
}
