package dev.darkroom.media.format;

import java.io.IOException;

/** Reads the logical screen of a GIF. */
final class GifHeader {

    private static final int SIGNATURE = 6;

    private GifHeader() {}

    static PhotoHeader read(PhotoInput input) throws IOException {
        input.skip(SIGNATURE);
        int width = input.u16LittleEndian();
        int height = input.u16LittleEndian();
        return new PhotoHeader(PhotoType.GIF, width, height, PhotoCoding.PLAIN, Exif.NONE);
    }
}
