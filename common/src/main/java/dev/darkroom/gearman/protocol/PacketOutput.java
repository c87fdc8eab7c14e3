package dev.darkroom.gearman.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.Arrays;

/**
 * Gathers the packets that one event-loop turn sends on a connection, so that they leave with one flush: a flush per
 * packet halves the throughput. Used on the connection's event loop only. What is written after the connection closed
 * is discarded.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write reaches exceptionCaught through the void promise.
public final class PacketOutput {

    /** Bytes that are gathered before they are handed to the connection, near a socket's send buffer. */
    private static final int CHUNK_SIZE = 64 * 1024;

    /** Bytes that a connection keeps for the next turn though it says little: there may be thousands of them. */
    private static final int KEPT = 1024;

    /** A payload from here on is sent from where it lies instead of being gathered with the others. */
    private static final int COPY_LIMIT = 8 * 1024;

    private static final byte[] NOTHING = {};

    private final Channel channel;

    /** An array, and copied as a whole: writing a packet's parts one by one into a buffer costs twice as much. */
    private byte[] gathered = NOTHING;

    private int count;
    private boolean dirty;

    public PacketOutput(Channel channel) {
        this.channel = channel;
    }

    /** Adds a packet to this turn's bytes. */
    public void write(Packet packet) {
        byte[] payload = packet.payload();
        boolean copied = payload.length < COPY_LIMIT;
        int body = packet.bodySize();
        makeRoom(PacketReader.HEADER_SIZE + body - (copied ? 0 : payload.length));
        add(packet.magic().code());
        add(packet.type().number());
        add(body);
        byte[][] arguments = packet.arguments();
        for (int i = 0; i < arguments.length; i++) {
            add(arguments[i]);
            if (i < arguments.length - 1 || packet.type().hasPayload()) {
                gathered[count++] = 0;
            }
        }
        if (copied) {
            add(payload);
        } else {
            handOver();
            channel.write(Unpooled.wrappedBuffer(payload), channel.voidPromise());
        }
        dirty = true;
    }

    /** Adds a line of the text protocol to this turn's bytes. */
    public void write(byte[] text) {
        makeRoom(text.length);
        add(text);
        dirty = true;
    }

    /** Whether the connection takes more at the moment; the rest had better wait. */
    public boolean isWritable() {
        return channel.isWritable();
    }

    /** Sends what was written since the last flush. */
    public void flush() {
        if (dirty) {
            dirty = false;
            int last = count;
            handOver();
            if (gathered.length > KEPT && last < gathered.length / 4) {
                gathered = NOTHING;
            }
            channel.flush();
        }
    }

    /** Forgets what is unsent; for a connection that has closed. */
    public void discard() {
        dirty = false;
        count = 0;
        gathered = NOTHING;
    }

    private void makeRoom(int bytes) {
        if (count + bytes > CHUNK_SIZE) {
            handOver();
        }
        if (count + bytes > gathered.length) {
            int doubled = Math.max(KEPT / 4, 2 * gathered.length);
            gathered = Arrays.copyOf(gathered, Math.max(count + bytes, Math.min(CHUNK_SIZE, doubled)));
        }
    }

    private void add(int number) {
        gathered[count++] = (byte) (number >> 24);
        gathered[count++] = (byte) (number >> 16);
        gathered[count++] = (byte) (number >> 8);
        gathered[count++] = (byte) number;
    }

    private void add(byte[] bytes) {
        System.arraycopy(bytes, 0, gathered, count, bytes.length);
        count += bytes.length;
    }

    private void handOver() {
        if (count > 0) {
            ByteBuf bytes = channel.alloc().ioBuffer(count).writeBytes(gathered, 0, count);
            count = 0;
            channel.write(bytes, channel.voidPromise());
        }
    }
}
