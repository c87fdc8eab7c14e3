package dev.darkroom.gearman.protocol;

import dev.darkroom.gearman.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a connection's bytes into {@link Packet}s. After the first violation it reads nothing more: the
 * {@link ProtocolException} that says what was wrong, and from whom it came, goes down the pipeline, and whoever handles
 * it closes the connection.
 *
 * <p>Memory follows what has arrived, never what was announced: bytes of an incomplete packet are kept in a buffer that
 * at most doubles as they come, and does not outgrow the packet; so each is copied about once while it waits, and once
 * more into the packet's arrays. Packets that arrive whole are copied only into those. A connection that is idle keeps
 * no more than {@link #MOST_KEPT} bytes beside an incomplete packet.
 */
public class PacketDecoder extends ByteToMessageDecoder {

    /** A buffer of more bytes is given back when little of it is still to be read. */
    static final int MOST_KEPT = 128 * 1024;

    private final MessageReader reader;
    private boolean broken;

    public PacketDecoder(MessageReader reader) {
        this.reader = reader;
        setCumulator(this::cumulate);
    }

    /**
     * The next message, or null, with the buffer untouched, as long as a part of it is missing.
     *
     * @throws ProtocolException where the bytes are none
     */
    protected @Nullable Object next(ByteBuf in) {
        return reader.read(in);
    }

    @Override
    protected final void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            Object message = next(in);
            if (message != null) {
                out.add(message);
            }
        } catch (ProtocolException e) {
            broken = true;
            throw new ProtocolException(
                    e.getMessage() + " (from " + context.channel().remoteAddress() + ")");
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        ByteBuf kept = internalBuffer();
        if (kept.capacity() > MOST_KEPT && kept.readableBytes() < kept.capacity() / 4) {
            // The buffer that held a large packet would otherwise wait, with a few bytes, for the rest of the next one.
            ByteBuf small = context.alloc().buffer(kept.readableBytes());
            small.writeBytes(kept);
            channelRead(context, small);
        }
        super.channelReadComplete(context);
    }

    /** Netty's own grows by 4 MiB at a time from 4 MiB on, which copies a packet of 64 MiB more than eight times. */
    @SuppressWarnings("ReferenceEquality") // A buffer equal to what is kept is still another one.
    private ByteBuf cumulate(ByteBufAllocator allocator, ByteBuf kept, ByteBuf in) {
        ByteBuf roomy = kept;
        int waiting = kept.readableBytes();
        if (kept != in && waiting > 0 && kept.writableBytes() < in.readableBytes()) {
            int needed = Math.addExact(waiting, in.readableBytes());
            int most = reader.announced(kept).orElse(Integer.MAX_VALUE);
            roomy = grown(allocator, kept, in, Math.max(needed, (int) Math.min(2L * waiting, most)));
        }
        return MERGE_CUMULATOR.cumulate(allocator, roomy, in);
    }

    private static ByteBuf grown(ByteBufAllocator allocator, ByteBuf kept, ByteBuf in, int capacity) {
        ByteBuf grown;
        try {
            grown = allocator.buffer(capacity);
        } catch (OutOfMemoryError e) {
            in.release();
            throw e;
        }
        grown.writeBytes(kept);
        kept.release();
        return grown;
    }
}
