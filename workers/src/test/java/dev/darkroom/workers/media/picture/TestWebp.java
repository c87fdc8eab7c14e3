package dev.darkroom.workers.media.picture;

import java.awt.Color;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes lossless WebP of any size (RFC 9649, section 3) in the plainest way: one bit a pixel, the left half of one colour and the right
 * of another.
 */
final class TestWebp {

    static final Color LEFT = new Color(200, 40, 90);
    static final Color RIGHT = new Color(200, 160, 90);

    private final ByteBuffer bytes;
    private int held;
    private int bits;

    private TestWebp(int capacity) {
        this.bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Path write(Path folder, int width, int height) throws IOException {
        return Files.write(
                Files.createTempFile(folder, "photo", ".webp"),
                new TestWebp(64 + ((width * height) >> 3)).picture(width, height));
    }

    private byte[] picture(int width, int height) {
        bytes.position(20);
        put(0x2F, 8);
        put(width - 1, 14);
        put(height - 1, 14);
        // No alpha, version 0; no transform, no cache, one set of codes.
        put(0, 4 + 3);
        code(LEFT.getGreen(), RIGHT.getGreen());
        code(LEFT.getRed());
        code(LEFT.getBlue());
        code(255);
        code(0);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                put(x < width / 2 ? 0 : 1, 1);
            }
        }
        put(0, 8 + 7);
        int end = bytes.position() + (bytes.position() & 1);
        bytes.put(0, "RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(4, end - 8)
                .put(8, "WEBPVP8L".getBytes(StandardCharsets.US_ASCII))
                .putInt(16, end - 20);
        return Arrays.copyOf(bytes.array(), end);
    }

    /** A code for one symbol, which takes no bits, or for two in ascending order, which take one. */
    private void code(int... symbols) {
        put(1, 1);
        put(symbols.length - 1, 1);
        put(1, 1);
        for (int symbol : symbols) {
            put(symbol, 8);
        }
    }

    private void put(int value, int count) {
        held |= value << bits;
        bits += count;
        while (bits >= 8) {
            bytes.put((byte) held);
            held >>>= 8;
            bits -= 8;
        }
    }
}
