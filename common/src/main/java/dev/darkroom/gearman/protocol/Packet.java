package dev.darkroom.gearman.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Objects;

/**
 * One packet of the binary protocol. Immutable as long as nobody writes to the arrays it was given: they are kept, not
 * copied, because a payload may be megabytes.
 */
public final class Packet {

    private static final byte[] NOTHING = {};

    private final Magic magic;
    private final PacketType type;
    private final byte[] payload;
    private final byte[][] arguments;

    /** @throws IllegalArgumentException where the type has another count of arguments or travels the other way */
    public Packet(Magic magic, PacketType type, byte[] payload, byte[]... arguments) {
        if (arguments.length != type.argumentCount() || (payload.length > 0 && !type.hasPayload())) {
            throw new IllegalArgumentException(type + " takes " + type.argumentCount() + " arguments"
                    + (type.hasPayload() ? " and a payload" : "") + ", not " + arguments.length + " and "
                    + payload.length + " bytes");
        }
        if (!type.travelsAs(magic)) {
            throw new IllegalArgumentException(type + " does not travel as " + magic);
        }
        this.magic = magic;
        this.type = type;
        this.payload = payload;
        this.arguments = arguments;
    }

    /** A request without payload; the arguments are sent as UTF-8. */
    public static Packet request(PacketType type, String... arguments) {
        return new Packet(Magic.REQUEST, type, NOTHING, encode(arguments));
    }

    /** A request with a payload (empty where the type has none); the arguments are sent as UTF-8. */
    public static Packet request(PacketType type, byte[] payload, String... arguments) {
        return new Packet(Magic.REQUEST, type, payload, encode(arguments));
    }

    /** A response without payload; the arguments are sent as UTF-8. */
    public static Packet response(PacketType type, String... arguments) {
        return new Packet(Magic.RESPONSE, type, NOTHING, encode(arguments));
    }

    /** A response with a payload; the arguments are sent as UTF-8. */
    public static Packet response(PacketType type, byte[] payload, String... arguments) {
        return new Packet(Magic.RESPONSE, type, payload, encode(arguments));
    }

    public Magic magic() {
        return magic;
    }

    public PacketType type() {
        return type;
    }

    /** The bytes after the arguments; empty, never null, where the type has none. Not a copy. */
    public byte[] payload() {
        return payload;
    }

    /** One argument, without its ending NUL. Not a copy. */
    public byte[] argument(int index) {
        return arguments[index];
    }

    /** One argument as UTF-8 text: function names, unique keys, numbers. */
    public String text(int index) {
        return new String(arguments[index], UTF_8);
    }

    /** A job handle: opaque bytes, so read one to one in order to give the same bytes back. */
    public String handle() {
        return new String(arguments[0], ISO_8859_1);
    }

    /** Bytes after the 12 of the header. */
    int bodySize() {
        int size = payload.length;
        for (byte[] argument : arguments) {
            size += argument.length;
        }
        return size + Math.max(0, type.hasPayload() ? arguments.length : arguments.length - 1);
    }

    byte[][] arguments() {
        return arguments;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Packet packet
                && magic == packet.magic
                && type == packet.type
                && Arrays.deepEquals(arguments, packet.arguments)
                && Arrays.equals(payload, packet.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(magic, type, Arrays.deepHashCode(arguments), Arrays.hashCode(payload));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(magic).append(' ').append(type);
        for (byte[] argument : arguments) {
            text.append(' ').append(new String(argument, UTF_8));
        }
        return text.append(" (").append(payload.length).append(" bytes)").toString();
    }

    private static byte[][] encode(String... arguments) {
        byte[][] encoded = new byte[arguments.length][];
        for (int i = 0; i < arguments.length; i++) {
            encoded[i] = arguments[i].getBytes(UTF_8);
        }
        return encoded;
    }
}
