package dev.darkroom.gearman.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketOutput;
import dev.darkroom.gearman.protocol.PacketType;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client or worker connected to the server. Lives on the server's event loop. */
final class ServerConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

    private final int number;
    private final Channel channel;
    private final long maxUnreadBytes;
    private final PacketOutput output;
    private final RequestHandler requests;
    private final AdminCommands admin;
    private final Abilities abilities = new Abilities();
    private final Set<Job> timed = new LinkedHashSet<>(2);
    private final Set<Job> awaited = new LinkedHashSet<>(2);
    private String clientId = "-";
    private boolean wantsExceptions;
    private boolean sleeping;
    private boolean woken;
    private boolean flushScheduled;
    private boolean broken;

    ServerConnection(int number, Channel channel, long maxUnreadBytes, RequestHandler requests, AdminCommands admin) {
        this.number = number;
        this.channel = channel;
        this.maxUnreadBytes = maxUnreadBytes;
        this.output = new PacketOutput(channel);
        this.requests = requests;
        this.admin = admin;
    }

    int number() {
        return number;
    }

    String address() {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "-";
    }

    String clientId() {
        return clientId;
    }

    void identify(String id) {
        clientId = id;
    }

    boolean wantsExceptions() {
        return wantsExceptions;
    }

    void wantExceptions() {
        wantsExceptions = true;
    }

    Abilities abilities() {
        return abilities;
    }

    /** The jobs it was given that have a time-out. */
    Set<Job> timed() {
        return timed;
    }

    /** The jobs whose result it waits for. */
    Set<Job> awaited() {
        return awaited;
    }

    void fallAsleep() {
        sleeping = true;
    }

    /** It asks for a job. */
    void stir() {
        sleeping = false;
        woken = false;
    }

    /** Once it was woken, only asking for a job, not falling asleep again, makes it wakeable: so in gearmand. */
    void wasWoken() {
        woken = true;
    }

    /** Whether it must be told of a new job. */
    boolean isWakeable() {
        return sleeping && !woken;
    }

    /** Sends a packet with the end of this turn. */
    void send(Packet packet) {
        output.write(packet);
        scheduleFlush();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (broken) {
            return;
        }
        try {
            if (message instanceof Packet packet) {
                requests.handle(this, packet);
            } else if (message instanceof String line) {
                output.write(admin.answer(line).getBytes(ISO_8859_1));
                scheduleFlush();
            } else {
                throw (RefusedException) message;
            }
        } catch (RefusedException e) {
            send(Packet.response(PacketType.ERROR, e.code(), String.valueOf(e.getMessage())));
        } catch (ProtocolException e) {
            end(e);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        // Who does not read answers is not read from either, or the answers would fill the server's memory.
        channel.config().setAutoRead(channel.isWritable());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive hears of it.
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException && cause.getCause() instanceof ProtocolException violation) {
            end(violation);
        } else {
            LOG.debug("Lost the connection from {}", address(), cause);
            channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        broken = true;
        output.discard();
    }

    /** Says what was wrong and closes. */
    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive hears of it.
    private void end(ProtocolException violation) {
        broken = true;
        LOG.debug("Closing the connection from {}: {}", address(), violation.toString());
        output.write(Packet.response(PacketType.ERROR, "PROTOCOL_ERROR", String.valueOf(violation.getMessage())));
        output.flush();
        if (channel.isWritable()) {
            channel.writeAndFlush(channel.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
        } else {
            // It reads nothing, so it would not read this either, and would never be gone.
            channel.close();
        }
    }

    private void scheduleFlush() {
        if (!flushScheduled) {
            flushScheduled = true;
            channel.eventLoop().execute(this::flush);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive hears of it.
    private void flush() {
        flushScheduled = false;
        output.flush();
        // A closed channel never becomes writable: that is not the reader's fault.
        if (channel.isActive() && channel.bytesBeforeWritable() > maxUnreadBytes) {
            LOG.warn("Closing the connection from {}: it leaves {} bytes unread", address(), maxUnreadBytes);
            channel.close();
        }
    }
}
