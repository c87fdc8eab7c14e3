package dev.darkroom.gearman.server;

import dev.darkroom.gearman.protocol.Fragments;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.PacketReader;
import dev.darkroom.gearman.protocol.ReferenceDecoder;
import java.util.Arrays;

/** Whether the server's decoder reads any mixture of packets and lines as the {@link ReferenceDecoder} does. */
public final class RequestDecoderFuzz {

    private static final int LIMIT = 3000;

    private RequestDecoderFuzz() {}

    /** The first byte decides the cuts, the others are the stream. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 1) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(data, 1, data.length);
        ReferenceDecoder.Result expected =
                new ReferenceDecoder(Magic.REQUEST, LIMIT, RequestDecoder.MAX_LINE).decode(stream);
        ReferenceDecoder.Result read =
                Fragments.decode(new RequestDecoder(new PacketReader(Magic.REQUEST, LIMIT)), stream, data[0]);
        if (!read.equals(expected)) {
            throw new AssertionError("Read " + read + " where the whole is " + expected);
        }
    }
}
