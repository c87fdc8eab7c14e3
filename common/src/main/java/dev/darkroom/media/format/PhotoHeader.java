package dev.darkroom.media.format;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * What a photo file says about itself.
 *
 * @param width of the stored picture in pixels, before its orientation is applied; at least 1
 * @param height like the width
 * @param exif what the camera noted, {@link Exif#NONE} if there is nothing to be read
 */
public record PhotoHeader(PhotoType type, int width, int height, PhotoCoding coding, Exif exif) {

    /**
     * Reads to the end of the file where the format tells only there whether it is complete.
     *
     * @param length of the file in bytes
     * @param heic whether HEIC counts as a photo of ours
     * @throws UnusablePhotoException if the file is no photo of ours, is damaged or was cut short
     * @throws IOException if the stream itself fails
     */
    public static PhotoHeader read(InputStream stream, long length, boolean heic)
            throws IOException, UnusablePhotoException {
        byte[] start = stream.readNBytes(FileSignature.LENGTH);
        if (start.length == 0) {
            throw new UnusablePhotoException("The file is empty; choose the photo again");
        }
        PhotoType type = FileSignature.typeOf(start);
        if (type == PhotoType.HEIC && !heic) {
            throw new UnusablePhotoException("HEIC photos are not accepted here; send a JPEG, PNG, GIF or WebP photo");
        }
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), stream);
        try {
            PhotoHeader header = read(type, new PhotoInput(whole), length);
            if (header.width() == 0 || header.height() == 0) {
                throw new UnusablePhotoException("The photo has no pixels");
            }
            return header;
        } catch (EOFException e) {
            throw new UnusablePhotoException("The photo is incomplete; send it again");
        }
    }

    private static PhotoHeader read(PhotoType type, PhotoInput input, long length)
            throws IOException, UnusablePhotoException {
        return switch (type) {
            case JPEG -> new JpegHeader(input).read();
            case PNG -> new PngHeader(input).read();
            case GIF -> GifHeader.read(input);
            case WEBP -> new WebpHeader(input, length).read();
            case HEIC -> new HeicHeader(input).read();
        };
    }
}
