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
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client or worker connected to the server. Lives on the server's event loop. */
final class ServerConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

    /** A peer that lets this many bytes pile up unread is cut off. */
    private static final long MAX_UNREAD = 256L * 1024 * 1024;

    private final int number;
    private final Channel channel;
    private final PacketOutput output;
    private final RequestHandler requests;
    private final AdminCommands admin;
    private final Map<FunctionQueue, Duration> abilities = new LinkedHashMap<>();
    private final Set<Job> running = new LinkedHashSet<>();
    private final Set<Job> awaited = new HashSet<>();
    private String clientId = "-";
    private boolean wantsExceptions;
    private boolean sleeping;
    private boolean flushScheduled;

    ServerConnection(int number, Channel channel, RequestHandler requests, AdminCommands admin) {
        this.number = number;
        this.channel = channel;
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

    /** The functions it announced, with the time that a job of each may take; zero for any. */
    Map<FunctionQueue, Duration> abilities() {
        return abilities;
    }

    /** The jobs it was given. */
    Set<Job> running() {
        return running;
    }

    /** The jobs whose result it waits for. */
    Set<Job> awaited() {
        return awaited;
    }

    void waitsFor(Job job) {
        awaited.add(job);
    }

    void waitsNoMore(Job job) {
        awaited.remove(job);
    }

    void setSleeping(boolean value) {
        sleeping = value;
    }

    /** Whether it sleeps and must be told; it is told once. */
    boolean wake() {
        boolean was = sleeping;
        sleeping = false;
        return was;
    }

    /** Sends a packet with the end of this turn. */
    void send(Packet packet) {
        output.write(packet);
        scheduleFlush();
    }

    /** Sends an ERROR packet. */
    void refuse(String code, String text) {
        send(Packet.response(PacketType.ERROR, code, text));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Packet packet) {
            requests.handle(this, packet);
        } else {
            output.write(admin.answer((String) message).getBytes(ISO_8859_1));
            scheduleFlush();
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
            LOG.warn("Closing the connection from {}: {}", address(), violation.toString());
            output.write(Packet.response(PacketType.ERROR, "PROTOCOL_ERROR", String.valueOf(violation.getMessage())));
            output.flush();
            channel.writeAndFlush(channel.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
        } else {
            LOG.debug("Lost the connection from {}", address(), cause);
            channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        requests.disconnected(this);
        output.discard();
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
        if (channel.isActive() && channel.bytesBeforeWritable() > MAX_UNREAD) {
            LOG.warn("Closing the connection from {}: it leaves {} bytes unread", address(), MAX_UNREAD);
            channel.close();
        }
    }
}
