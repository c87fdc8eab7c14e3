package dev.darkroom.media.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file read once from front to back in the byte orders of photo formats. Running out of bytes is an
 * {@link EOFException}: the file was cut short. Used by one thread; the stream stays its owner's.
 */
final class PhotoInput {

    private static final int BUFFER = 16 * 1024;

    private final InputStream stream;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int end;
    private long passed;

    PhotoInput(InputStream stream) {
        this.stream = stream;
    }

    /** How many bytes have been read or skipped. */
    long position() {
        return passed + next;
    }

    int u8() throws IOException {
        if (next == end) {
            fill();
        }
        return buffer[next++] & 0xFF;
    }

    int u16() throws IOException {
        return u8() << 8 | u8();
    }

    /** Unsigned, most significant byte first. */
    long u32() throws IOException {
        return (long) u16() << 16 | u16();
    }

    int u16LittleEndian() throws IOException {
        return u8() | u8() << 8;
    }

    int u24LittleEndian() throws IOException {
        return u16LittleEndian() | u8() << 16;
    }

    long u32LittleEndian() throws IOException {
        return u16LittleEndian() | (long) u16LittleEndian() << 16;
    }

    /** The caller has checked that {@code length} is small. */
    byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) u8();
        }
        return bytes;
    }

    void skip(long length) throws IOException {
        long buffered = Math.min(length, end - next);
        next += (int) buffered;
        long rest = length - buffered;
        if (rest > 0) {
            stream.skipNBytes(rest);
            passed += rest;
        }
    }

    private void fill() throws IOException {
        passed += end;
        next = 0;
        end = 0;
        int count = stream.read(buffer);
        if (count < 0) {
            throw new EOFException("The file ends after " + passed + " bytes");
        }
        end = count;
    }
}
