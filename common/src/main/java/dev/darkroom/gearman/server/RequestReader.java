package dev.darkroom.gearman.server;

import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.MessageReader;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketReader;
import dev.darkroom.gearman.protocol.PacketType;
import io.netty.buffer.ByteBuf;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests as leniently as gearmand: a last argument may hold NUL, a packet without payload may have one that
 * nobody reads, and what is well-formed but no request is refused without closing the connection. What gearmand would
 * wait for without end (a missing NUL, a size beyond all bounds) is a {@link ProtocolException}. Immutable.
 */
final class RequestReader implements MessageReader {

    /** Bytes: gearmand reads the arguments through a buffer of this size and closes where one does not fit. */
    private static final int MAX_ARGUMENT = 8192;

    /** The hole in the numbers of packet types: gearmand has a name for it. */
    private static final int UNUSED_TYPE = 5;

    private static final byte[] NOTHING = {};

    private final int maxBodySize;

    /** @param maxBodySize in bytes, without the header */
    RequestReader(int maxBodySize) {
        this.maxBodySize = maxBodySize;
    }

    /**
     * The next request: a {@link Packet}, or the {@link RefusedException} to answer with, or null, with the buffer
     * untouched, as long as a part of it is missing.
     *
     * @throws ProtocolException where what follows can't be understood either
     */
    @Override
    public @Nullable Object read(ByteBuf in) {
        if (in.readableBytes() < PacketReader.HEADER_SIZE) {
            return null;
        }
        int start = in.readerIndex();
        int magic = in.getInt(start);
        if (magic != Magic.REQUEST.code() && magic != Magic.RESPONSE.code()) {
            throw new ProtocolException("wrong magic 0x%08x".formatted(magic));
        }
        int number = in.getInt(start + 4);
        PacketType type = PacketType.of(number);
        if (type == null && number != UNUSED_TYPE) {
            throw new ProtocolException("unknown packet type " + Integer.toUnsignedString(number));
        }
        int size = in.getInt(start + 8);
        if (size < 0 || size > maxBodySize) {
            throw new ProtocolException((type == null ? "a packet" : type) + " with " + Integer.toUnsignedString(size)
                    + " bytes is larger than the limit of " + maxBodySize);
        }
        if (in.readableBytes() - PacketReader.HEADER_SIZE < size) {
            return null;
        }
        in.skipBytes(PacketReader.HEADER_SIZE);
        if (magic == Magic.RESPONSE.code()) {
            in.skipBytes(size);
            return new RefusedException("INVALID_MAGIC", "Request magic expected");
        }
        if (type == null || !type.travelsAs(Magic.REQUEST)) {
            in.skipBytes(size);
            return new RefusedException("INVALID_COMMAND", "Command not expected");
        }
        return body(in, type, in.readerIndex() + size);
    }

    @Override
    public OptionalInt announced(ByteBuf in) {
        int start = in.readerIndex();
        if (in.readableBytes() < PacketReader.HEADER_SIZE || in.getByte(start) != 0) {
            return OptionalInt.empty();
        }
        int size = in.getInt(start + 8);
        return size < 0 || size > maxBodySize ? OptionalInt.empty() : OptionalInt.of(PacketReader.HEADER_SIZE + size);
    }

    private static Packet body(ByteBuf in, PacketType type, int end) {
        byte[][] arguments = new byte[type.argumentCount()][];
        int terminated = type.hasPayload() ? arguments.length : arguments.length - 1;
        for (int i = 0; i < arguments.length; i++) {
            int nul = i < terminated ? in.indexOf(in.readerIndex(), end, (byte) 0) : end;
            if (nul < 0) {
                throw new ProtocolException("wrong argument count: " + type + " takes " + arguments.length
                        + ", found only " + (type.hasPayload() ? i : i + 1));
            }
            if (nul - in.readerIndex() > MAX_ARGUMENT) {
                throw new ProtocolException("an argument of " + type + " has more than " + MAX_ARGUMENT + " bytes");
            }
            arguments[i] = bytes(in, nul);
            if (i < terminated) {
                in.skipBytes(1);
            }
        }
        byte[] payload = type.hasPayload() ? bytes(in, end) : NOTHING;
        in.readerIndex(end);
        return new Packet(Magic.REQUEST, type, payload, arguments);
    }

    private static byte[] bytes(ByteBuf in, int end) {
        int length = end - in.readerIndex();
        if (length == 0) {
            return NOTHING;
        }
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return bytes;
    }
}
