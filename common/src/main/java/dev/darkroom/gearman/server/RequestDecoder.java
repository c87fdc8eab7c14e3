package dev.darkroom.gearman.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.darkroom.gearman.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts a connection's bytes into packets and lines of the text protocol, which may follow each other: what starts with
 * NUL is a packet. After the first violation it reads nothing more.
 */
final class RequestDecoder extends ByteToMessageDecoder {

    /** Bytes, as in gearmand. */
    private static final int MAX_LINE = 8192;

    private final RequestReader packets;
    private boolean broken;

    RequestDecoder(RequestReader packets) {
        this.packets = packets;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            if (in.getByte(in.readerIndex()) == 0) {
                Object packet = packets.read(in);
                if (packet != null) {
                    out.add(packet);
                }
            } else {
                readLine(in, out);
            }
        } catch (ProtocolException e) {
            broken = true;
            throw e;
        }
    }

    private static void readLine(ByteBuf in, List<Object> out) {
        int length = in.bytesBefore((byte) '\n');
        if (length > MAX_LINE || (length < 0 && in.readableBytes() > MAX_LINE)) {
            throw new ProtocolException("a line of more than " + MAX_LINE + " bytes");
        }
        if (length >= 0) {
            String line = in.readString(length, ISO_8859_1);
            in.skipBytes(1);
            out.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        }
    }
}
