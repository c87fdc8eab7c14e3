package dev.darkroom.gearman.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the packets that one event-loop turn sends on a connection, so that they leave with one flush: a flush per
 * packet halves the throughput. Used on the connection's event loop only. What is written after the connection closed
 * is discarded.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write reaches exceptionCaught through the void promise.
public final class PacketOutput {

    /** Packets are gathered in buffers of this many bytes, near a socket's send buffer. */
    private static final int CHUNK_SIZE = 64 * 1024;

    /** A payload from here on is sent as it lies instead of being copied between the others. */
    private static final int COPY_LIMIT = 8 * 1024;

    private final Channel channel;
    private @Nullable ByteBuf chunk;
    private boolean dirty;

    public PacketOutput(Channel channel) {
        this.channel = channel;
    }

    /** Adds a packet to this turn's bytes. */
    public void write(Packet packet) {
        byte[] payload = packet.payload();
        boolean copied = payload.length < COPY_LIMIT;
        int body = packet.bodySize();
        ByteBuf out = room(PacketReader.HEADER_SIZE + body - (copied ? 0 : payload.length));
        out.writeInt(packet.magic().code()).writeInt(packet.type().number()).writeInt(body);
        byte[][] arguments = packet.arguments();
        for (int i = 0; i < arguments.length; i++) {
            out.writeBytes(arguments[i]);
            if (i < arguments.length - 1 || packet.type().hasPayload()) {
                out.writeByte(0);
            }
        }
        if (copied) {
            out.writeBytes(payload);
        } else {
            handOver();
            channel.write(Unpooled.wrappedBuffer(payload), channel.voidPromise());
        }
        dirty = true;
    }

    /** Adds a line of the text protocol to this turn's bytes. */
    public void write(byte[] text) {
        room(text.length).writeBytes(text);
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
            handOver();
            channel.flush();
        }
    }

    /** Gives unsent memory back; for a connection that has closed. */
    public void discard() {
        dirty = false;
        if (chunk != null) {
            chunk.release();
            chunk = null;
        }
    }

    private ByteBuf room(int bytes) {
        if (chunk != null && chunk.writableBytes() < bytes) {
            handOver();
        }
        if (chunk == null) {
            chunk = channel.alloc().ioBuffer(Math.max(CHUNK_SIZE, bytes));
        }
        return chunk;
    }

    private void handOver() {
        ByteBuf full = chunk;
        chunk = null;
        if (full != null) {
            channel.write(full, channel.voidPromise());
        }
    }
}
