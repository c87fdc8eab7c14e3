package dev.darkroom.workers.media.picture;

import dev.darkroom.media.PhotoInspection;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Decodes photos. Whatever the engine, the picture is the centre square, upright, in sRGB, on white, of an animation the
 * first frame; what cannot be decoded within the limits is refused alike. Thread-safe.
 */
interface PhotoEngine {

    /**
     * @param photo what the inspection of the file said
     * @param side of the picture in pixels
     * @return opaque, of type {@link BufferedImage#TYPE_INT_RGB}
     * @throws DamagedPhotoException if the file cannot be decoded, or not in time
     * @throws IOException if the file, or the decoder itself, is not to be had: another try may help
     * @throws InterruptedException if the thread was interrupted while decoding
     */
    BufferedImage square(Path file, PhotoInspection.Accepted photo, int side)
            throws IOException, DamagedPhotoException, InterruptedException;
}
