package dev.darkroom.gearman.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a whole stream at once, in the plainest way there is: what the incremental decoders are compared with. Knows
 * only their limits and the table of packet types.
 */
public final class ReferenceDecoder {

    /** Packets and lines, in their order; whether a violation ended the reading. */
    public record Result(List<Object> messages, boolean violated) {}

    private final Magic magic;
    private final int maxBodySize;

    public ReferenceDecoder(Magic magic, int maxBodySize) {
        this.magic = magic;
        this.maxBodySize = maxBodySize;
    }

    public Result decode(byte[] stream) {
        List<Object> messages = new ArrayList<>();
        int position = 0;
        while (position < stream.length) {
            int length = packetLength(stream, position);
            if (length < 0) {
                return new Result(messages, true);
            }
            if (length == 0 || length > stream.length - position) {
                break;
            }
            byte[] bytes = Arrays.copyOfRange(stream, position, position + length);
            Object message = packet(bytes);
            if (message == null) {
                return new Result(messages, true);
            }
            messages.add(message);
            position += length;
        }
        return new Result(messages, false);
    }

    private int packetLength(byte[] stream, int from) {
        if (stream.length - from < 12) {
            return 0;
        }
        ByteBuffer header = ByteBuffer.wrap(stream, from, 12);
        boolean ours = header.getInt() == magic.code();
        PacketType type = PacketType.of(header.getInt());
        long size = Integer.toUnsignedLong(header.getInt());
        return ours && type != null && type.travelsAs(magic) && size <= maxBodySize ? 12 + (int) size : -1;
    }

    private Packet packet(byte[] bytes) {
        PacketType type = PacketType.of(ByteBuffer.wrap(bytes).getInt(4));
        List<byte[]> parts = new ArrayList<>();
        int start = 12;
        for (int i = 12; i < bytes.length && parts.size() < separators(type); i++) {
            if (bytes[i] == 0) {
                parts.add(Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
        byte[] rest = Arrays.copyOfRange(bytes, start, bytes.length);
        if (parts.size() < separators(type)) {
            return null;
        }
        if (type.hasPayload()) {
            return new Packet(magic, type, rest, parts.toArray(byte[][]::new));
        }
        if (type.argumentCount() == 0 ? rest.length > 0 : new String(rest, ISO_8859_1).indexOf('\0') >= 0) {
            return null;
        }
        if (type.argumentCount() > 0) {
            parts.add(rest);
        }
        return new Packet(magic, type, new byte[0], parts.toArray(byte[][]::new));
    }

    private static int separators(PacketType type) {
        return type.hasPayload() ? type.argumentCount() : Math.max(0, type.argumentCount() - 1);
    }
}
