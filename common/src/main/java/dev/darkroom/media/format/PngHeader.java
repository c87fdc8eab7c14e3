package dev.darkroom.media.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Walks the chunks of a PNG (W3C PNG, third edition) to its end without inflating any. Used once. */
final class PngHeader {

    private static final int SIGNATURE = 8;
    private static final int HEADER_LENGTH = 13;
    private static final int CHECKSUM = 4;
    private static final int IHDR = 0x49484452;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final int PROFILE = 0x69434350;
    private static final int EXIF = 0x65584966;

    private final PhotoInput input;
    private Exif exif = Exif.NONE;
    private boolean picture;
    private boolean profiled;

    PngHeader(PhotoInput input) {
        this.input = input;
    }

    PhotoHeader read() throws IOException, UnusablePhotoException {
        input.skip(SIGNATURE);
        ByteBuffer header = readHeader();
        int width = header.getInt();
        int height = header.getInt();
        if (width < 0 || height < 0) {
            throw new UnusablePhotoException("The PNG is damaged");
        }
        readChunksToEnd();
        if (!picture) {
            throw new UnusablePhotoException("The PNG holds no picture");
        }
        return new PhotoHeader(PhotoType.PNG, width, height, PhotoCoding.profiled(profiled), exif);
    }

    private ByteBuffer readHeader() throws IOException, UnusablePhotoException {
        long length = input.u32();
        byte[] chunk = input.bytes(CHECKSUM + HEADER_LENGTH);
        ByteBuffer content = ByteBuffer.wrap(chunk);
        CRC32 checksum = new CRC32();
        checksum.update(chunk);
        if (length != HEADER_LENGTH || content.getInt() != IHDR || input.u32() != checksum.getValue()) {
            throw new UnusablePhotoException("The PNG is damaged");
        }
        return content;
    }

    private void readChunksToEnd() throws IOException, UnusablePhotoException {
        int type = IHDR;
        while (type != IEND) {
            long length = input.u32();
            if (length > Integer.MAX_VALUE) {
                throw new UnusablePhotoException("The PNG is damaged");
            }
            type = (int) input.u32();
            picture |= type == IDAT;
            profiled |= type == PROFILE;
            readContent(type, (int) length);
            input.skip(CHECKSUM);
        }
    }

    private void readContent(int type, int length) throws IOException {
        if (type == EXIF && length <= Exif.LARGEST && exif.equals(Exif.NONE)) {
            exif = Exif.read(input.bytes(length));
        } else {
            input.skip(length);
        }
    }
}
