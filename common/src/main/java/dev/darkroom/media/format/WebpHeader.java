package dev.darkroom.media.format;

import java.io.IOException;

/** Reads the RIFF chunks of a WebP (RFC 9649). Used once. */
final class WebpHeader {

    private static final int VP8 = 0x56503820;
    private static final int VP8L = 0x5650384C;
    private static final int VP8X = 0x56503858;
    private static final int EXIF = 0x45584946;
    private static final int LOSSY_START_CODE = 0x2A019D;
    private static final int LOSSLESS_SIGNATURE = 0x2F;
    private static final int FOURTEEN_BITS = 0x3FFF;

    private final PhotoInput input;
    private final long length;
    private int width;
    private int height;

    WebpHeader(PhotoInput input, long length) {
        this.input = input;
        this.length = length;
    }

    PhotoHeader read() throws IOException, UnusablePhotoException {
        input.skip(4);
        long end = input.u32LittleEndian() + 8;
        if (end > length) {
            throw new UnusablePhotoException("The photo is incomplete; send it again");
        }
        input.skip(4);
        int kind = (int) input.u32();
        long chunkLength = input.u32LittleEndian();
        long chunkStart = input.position();
        readSize(kind);
        input.skip(chunkStart + padded(chunkLength) - input.position());
        Exif exif = kind == VP8X ? findExif(end) : Exif.NONE;
        return new PhotoHeader(PhotoType.WEBP, width, height, true, exif);
    }

    private void readSize(int kind) throws IOException, UnusablePhotoException {
        switch (kind) {
            case VP8 -> readLossy();
            case VP8L -> readLossless();
            case VP8X -> readExtended();
            default -> throw new UnusablePhotoException("The WebP is damaged");
        }
    }

    private void readLossy() throws IOException, UnusablePhotoException {
        input.skip(3);
        if (input.u24LittleEndian() != LOSSY_START_CODE) {
            throw new UnusablePhotoException("The WebP is damaged");
        }
        width = input.u16LittleEndian() & FOURTEEN_BITS;
        height = input.u16LittleEndian() & FOURTEEN_BITS;
    }

    private void readLossless() throws IOException, UnusablePhotoException {
        if (input.u8() != LOSSLESS_SIGNATURE) {
            throw new UnusablePhotoException("The WebP is damaged");
        }
        int bits = (int) input.u32LittleEndian();
        width = (bits & FOURTEEN_BITS) + 1;
        height = (bits >>> 14 & FOURTEEN_BITS) + 1;
    }

    private void readExtended() throws IOException {
        input.skip(4);
        width = input.u24LittleEndian() + 1;
        height = input.u24LittleEndian() + 1;
    }

    private Exif findExif(long end) throws IOException {
        while (input.position() + 8 <= end) {
            int kind = (int) input.u32();
            long chunkLength = input.u32LittleEndian();
            if (kind == EXIF && chunkLength <= Exif.LARGEST) {
                return Exif.read(input.bytes((int) chunkLength));
            }
            input.skip(padded(chunkLength));
        }
        return Exif.NONE;
    }

    private static long padded(long chunkLength) {
        return chunkLength + (chunkLength & 1);
    }
}
