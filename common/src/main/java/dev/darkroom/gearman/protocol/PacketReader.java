package dev.darkroom.gearman.protocol;

import dev.darkroom.gearman.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads packets of one direction from a growing buffer, strictly: whatever the protocol does not allow is a
 * {@link ProtocolException} that says what was wrong, with the value that was found and the one that is allowed. A
 * length is checked from the header, before any byte of it has come and before memory is taken for it. Each argument and
 * the payload are copied into arrays of their own, so that no buffer outlives the reading. Immutable.
 */
public final class PacketReader implements MessageReader {

    /** Magic, type and size: four bytes each, big-endian. */
    public static final int HEADER_SIZE = 12;

    /** 64 MiB: what a peer may send at most unless configured otherwise. */
    public static final int DEFAULT_MAX_BODY_SIZE = 64 * 1024 * 1024;

    /** 1 GiB: what a packet may be configured to have; a buffer twice as large still has a size. */
    public static final int MOST_BODY_SIZE = 1 << 30;

    /**
     * A body of up to so many bytes is first copied as a whole: each look into a buffer costs more than that. A larger payload
     * is copied once.
     */
    private static final int SMALL_BODY = 2 * 1024;

    private static final byte[] NOTHING = {};
    private static final byte[][] NO_ARGUMENTS = {};

    private final Magic expected;
    private final int maxBodySize;

    /**
     * @param expected the direction that this side receives
     * @param maxBodySize in bytes, without the header; at most {@link #MOST_BODY_SIZE}
     */
    public PacketReader(Magic expected, int maxBodySize) {
        if (maxBodySize < 0 || maxBodySize > MOST_BODY_SIZE) {
            throw new IllegalArgumentException(
                    "A packet's limit lies between 0 and " + MOST_BODY_SIZE + " bytes, not " + maxBodySize);
        }
        this.expected = expected;
        this.maxBodySize = maxBodySize;
    }

    /**
     * The next packet, or null, with the buffer untouched, as long as a part of it is missing.
     *
     * @throws ProtocolException where the bytes are not a packet that may come this way
     */
    @Override
    public @Nullable Packet read(ByteBuf in) {
        if (in.readableBytes() < HEADER_SIZE) {
            return null;
        }
        int start = in.readerIndex();
        PacketType type = checkHeader(in, start);
        int size = in.getInt(start + 8);
        if (in.readableBytes() - HEADER_SIZE < size) {
            return null;
        }
        in.skipBytes(HEADER_SIZE);
        return readBody(in, type, size);
    }

    @Override
    public OptionalInt announced(ByteBuf in) {
        if (in.readableBytes() < HEADER_SIZE || in.getInt(in.readerIndex()) != expected.code()) {
            return OptionalInt.empty();
        }
        int size = in.getInt(in.readerIndex() + 8);
        return size < 0 || size > maxBodySize ? OptionalInt.empty() : OptionalInt.of(HEADER_SIZE + size);
    }

    private PacketType checkHeader(ByteBuf in, int start) {
        int magic = in.getInt(start);
        if (magic != expected.code()) {
            throw new ProtocolException(
                    "wrong magic 0x%08x where 0x%08x (%s) was expected".formatted(magic, expected.code(), expected));
        }
        int number = in.getInt(start + 4);
        PacketType type = PacketType.of(number);
        if (type == null) {
            throw new ProtocolException("unknown packet type " + Integer.toUnsignedString(number));
        }
        if (!type.travelsAs(expected)) {
            throw new ProtocolException("packet type " + type + " is not allowed as " + expected);
        }
        int size = in.getInt(start + 8);
        if (size < 0 || size > maxBodySize) {
            throw new ProtocolException(type + " with " + Integer.toUnsignedString(size)
                    + " bytes is larger than the limit of " + maxBodySize);
        }
        return type;
    }

    private Packet readBody(ByteBuf in, PacketType type, int size) {
        int copied = size > SMALL_BODY && type.hasPayload() ? sizeOfArguments(in, type, size) : size;
        byte[] body = readBytes(in, copied);
        int count = type.argumentCount();
        byte[][] arguments = count == 0 ? NO_ARGUMENTS : new byte[count][];
        int from = 0;
        for (int i = 0; i < terminatedArguments(type); i++) {
            int nul = indexOfNul(body, from, copied);
            if (nul < 0) {
                throw tooFew(type, i);
            }
            arguments[i] = part(body, from, nul);
            from = nul + 1;
        }
        if (!type.hasPayload()) {
            readLast(body, from, type, arguments);
            return new Packet(expected, type, NOTHING, arguments);
        }
        byte[] payload = copied < size ? readBytes(in, size - copied) : part(body, from, size);
        return new Packet(expected, type, payload, arguments);
    }

    private static int terminatedArguments(PacketType type) {
        return type.hasPayload() ? type.argumentCount() : type.argumentCount() - 1;
    }

    /** With the NUL that ends the last one. */
    private static int sizeOfArguments(ByteBuf in, PacketType type, int size) {
        int start = in.readerIndex();
        int end = start;
        for (int i = 0; i < type.argumentCount(); i++) {
            int nul = in.indexOf(end, start + size, (byte) 0);
            if (nul < 0) {
                throw tooFew(type, i);
            }
            end = nul + 1;
        }
        return end - start;
    }

    private void readLast(byte[] body, int from, PacketType type, byte[][] arguments) {
        // gearmand 1.1.20 leaves the handle its NUL where it makes a WORK_FAIL of a WORK_EXCEPTION.
        boolean needless = type == PacketType.WORK_FAIL
                && expected == Magic.RESPONSE
                && body.length > from
                && body[body.length - 1] == 0;
        int end = needless ? body.length - 1 : body.length;
        boolean surplus = arguments.length == 0 ? from < end : indexOfNul(body, from, end) >= 0;
        if (surplus) {
            throw wrongCount(type, "more");
        }
        if (arguments.length > 0) {
            arguments[arguments.length - 1] = part(body, from, end);
        }
    }

    private static int indexOfNul(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] part(byte[] bytes, int from, int end) {
        if (from == end) {
            return NOTHING;
        }
        return from == 0 && end == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, end);
    }

    private static ProtocolException tooFew(PacketType type, int terminated) {
        return wrongCount(type, "only " + (type.hasPayload() ? terminated : terminated + 1));
    }

    private static ProtocolException wrongCount(PacketType type, String found) {
        return new ProtocolException(
                "wrong argument count: " + type + " takes " + type.argumentCount() + ", found " + found);
    }

    private static byte[] readBytes(ByteBuf in, int length) {
        if (length == 0) {
            return NOTHING;
        }
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return bytes;
    }
}
