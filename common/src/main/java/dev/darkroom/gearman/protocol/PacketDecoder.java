package dev.darkroom.gearman.protocol;

import dev.darkroom.gearman.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/** Cuts a connection's bytes into {@link Packet}s; after the first violation it reads nothing more. */
public final class PacketDecoder extends ByteToMessageDecoder {

    private final PacketReader reader;
    private boolean broken;

    public PacketDecoder(PacketReader reader) {
        this.reader = reader;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            Packet packet = reader.read(in);
            if (packet != null) {
                out.add(packet);
            }
        } catch (ProtocolException e) {
            broken = true;
            throw e;
        }
    }
}
