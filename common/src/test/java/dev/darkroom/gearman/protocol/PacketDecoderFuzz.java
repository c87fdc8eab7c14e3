package dev.darkroom.gearman.protocol;

import java.util.Arrays;

/** Whether the incremental decoder reads any bytes, cut anywhere, as the {@link ReferenceDecoder} reads the whole. */
public final class PacketDecoderFuzz {

    private static final int LIMIT = 3000;

    private PacketDecoderFuzz() {}

    /** The first byte is the direction, the second decides the cuts, the others are the stream. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        Magic magic = data[0] % 2 == 0 ? Magic.REQUEST : Magic.RESPONSE;
        byte[] stream = Arrays.copyOfRange(data, 2, data.length);
        ReferenceDecoder.Result expected = new ReferenceDecoder(magic, LIMIT).decode(stream);
        ReferenceDecoder.Result read =
                Fragments.decode(new PacketDecoder(new PacketReader(magic, LIMIT)), stream, data[1]);
        if (!read.equals(expected)) {
            throw new AssertionError("Read " + read + " where the whole is " + expected);
        }
    }
}
