package dev.darkroom.media.format;

import java.io.IOException;

/** Reads the RIFF chunks of a WebP (RFC 9649). Used once. */
final class WebpHeader {

    private static final int VP8 = 0x56503820;
    private static final int VP8L = 0x5650384C;
    private static final int VP8X = 0x56503858;
    private static final int FRAME = 0x414E4D46;
    private static final int EXIF = 0x45584946;
    private static final int LOSSY_START_CODE = 0x2A019D;
    private static final int LOSSLESS_SIGNATURE = 0x2F;
    private static final int CHUNK_HEADER = 8;
    private static final int PROFILE_FLAG = 0x20;
    private static final int FOURTEEN_BITS = 0x3FFF;

    private final PhotoInput input;
    private final long length;
    private int width;
    private int height;
    private boolean profiled;
    private Exif exif = Exif.NONE;

    WebpHeader(PhotoInput input, long length) {
        this.input = input;
        this.length = length;
    }

    PhotoHeader read() throws IOException, UnusablePhotoException {
        input.skip(4);
        long end = input.u32LittleEndian() + CHUNK_HEADER;
        if (end > length) {
            throw new UnusablePhotoException("The photo is incomplete; send it again");
        }
        input.skip(4);
        int kind = (int) input.u32();
        long chunkEnd = chunkEnd();
        if (kind == VP8X) {
            readExtended(chunkEnd);
            readChunks(end);
        } else {
            Size size = readPicture(kind);
            width = size.width();
            height = size.height();
        }
        return new PhotoHeader(PhotoType.WEBP, width, height, PhotoCoding.profiled(profiled), exif);
    }

    private Size readPicture(int kind) throws IOException, UnusablePhotoException {
        return switch (kind) {
            case VP8 -> readLossy();
            case VP8L -> readLossless();
            default -> throw damaged();
        };
    }

    private Size readLossy() throws IOException, UnusablePhotoException {
        input.skip(3);
        if (input.u24LittleEndian() != LOSSY_START_CODE) {
            throw damaged();
        }
        return new Size(input.u16LittleEndian() & FOURTEEN_BITS, input.u16LittleEndian() & FOURTEEN_BITS);
    }

    private Size readLossless() throws IOException, UnusablePhotoException {
        if (input.u8() != LOSSLESS_SIGNATURE) {
            throw damaged();
        }
        int bits = (int) input.u32LittleEndian();
        return new Size((bits & FOURTEEN_BITS) + 1, ((bits >>> 14) & FOURTEEN_BITS) + 1);
    }

    private void readExtended(long chunkEnd) throws IOException, UnusablePhotoException {
        profiled = (input.u8() & PROFILE_FLAG) != 0;
        input.skip(3);
        width = input.u24LittleEndian() + 1;
        height = input.u24LittleEndian() + 1;
        skipTo(chunkEnd);
    }

    /** What follows an extended header: pictures, which must not be larger than they claim, and EXIF. */
    private void readChunks(long end) throws IOException, UnusablePhotoException {
        while (input.position() + CHUNK_HEADER <= end) {
            int kind = (int) input.u32();
            long chunkLength = input.u32LittleEndian();
            long chunkEnd = input.position() + padded(chunkLength);
            if (kind == VP8 || kind == VP8L) {
                check(readPicture(kind), new Size(width, height));
            } else if (kind == FRAME) {
                readFrame(chunkEnd);
            } else if (kind == EXIF && chunkLength <= Exif.LARGEST && exif.equals(Exif.NONE)) {
                exif = Exif.read(input.bytes((int) chunkLength));
            }
            skipTo(chunkEnd);
        }
    }

    private void readFrame(long end) throws IOException, UnusablePhotoException {
        input.skip(6);
        Size frame = new Size(input.u24LittleEndian() + 1, input.u24LittleEndian() + 1);
        check(frame, new Size(width, height));
        input.skip(4);
        while (input.position() + CHUNK_HEADER <= end) {
            int kind = (int) input.u32();
            long chunkEnd = chunkEnd();
            if (kind == VP8 || kind == VP8L) {
                check(readPicture(kind), frame);
            }
            skipTo(chunkEnd);
        }
    }

    private static void check(Size inner, Size outer) throws UnusablePhotoException {
        if (inner.width() > outer.width() || inner.height() > outer.height()) {
            throw damaged();
        }
    }

    /** Reads the length of a chunk and says where the chunk ends. */
    private long chunkEnd() throws IOException {
        long chunkLength = input.u32LittleEndian();
        return input.position() + padded(chunkLength);
    }

    private void skipTo(long position) throws IOException, UnusablePhotoException {
        if (position < input.position()) {
            throw damaged();
        }
        input.skip(position - input.position());
    }

    private static long padded(long chunkLength) {
        return chunkLength + (chunkLength & 1);
    }

    private static UnusablePhotoException damaged() {
        return new UnusablePhotoException("The WebP is damaged");
    }

    private record Size(int width, int height) {}
}
