package dev.darkroom.gearman.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.protocol.PacketDecoder;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a connection's bytes into packets and lines of the text protocol (as {@link String}s, without their ends), which
 * may follow each other: what starts with NUL is a packet.
 */
final class RequestDecoder extends PacketDecoder {

    /** Bytes, without the line's end; as in gearmand. */
    static final int MAX_LINE = 8192;

    RequestDecoder(RequestReader packets) {
        super(packets);
    }

    @Override
    protected @Nullable Object next(ByteBuf in) {
        return in.getByte(in.readerIndex()) == 0 ? super.next(in) : readLine(in);
    }

    private static @Nullable String readLine(ByteBuf in) {
        int length = in.bytesBefore(Math.min(in.readableBytes(), MAX_LINE + 1), (byte) '\n');
        if (length < 0 && in.readableBytes() > MAX_LINE) {
            throw new ProtocolException("a line of more than " + MAX_LINE + " bytes");
        }
        if (length < 0) {
            return null;
        }
        String line = in.readString(length, ISO_8859_1);
        in.skipBytes(1);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
