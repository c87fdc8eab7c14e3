package dev.darkroom.gearman.server;

import dev.darkroom.gearman.protocol.Fragments;
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
        String whole = read(stream, 0);
        String cut = read(stream, data[0]);
        if (!cut.equals(whole)) {
            throw new AssertionError("Read " + cut + " where the whole is " + whole);
        }
    }

    /** The server reads more leniently than the reference, so only the cuts are held against each other. */
    private static String read(byte[] stream, int cuts) {
        return Fragments.decode(new RequestDecoder(new RequestReader(LIMIT)), stream, cuts)
                .toString();
    }
}
