package dev.darkroom.workers.media.picture;

import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.PhotoLimits;
import dev.darkroom.media.Rendition;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The decoders of the JDK and of TwelveMonkeys, in this process. A thread takes at most some 80 MB of heap for a photo of any
 * accepted size, and up to 200 MB outside the heap for a progressive JPEG. Thread-safe.
 */
final class JavaEngine implements PhotoEngine {

    /** What is read has this side or more, so that each pixel of the largest rendition is a mean of many. */
    private static final int LEAST_SIDE = 3 * Rendition.STANDARD_RESOLUTION.side();

    private final SquareReader squares;

    JavaEngine(PhotoLimits limits) {
        this.squares = new SquareReader(limits, LEAST_SIDE);
    }

    @Override
    public BufferedImage square(Path file, PhotoInspection.Accepted photo, int side)
            throws IOException, DamagedPhotoException, InterruptedException {
        BufferedImage decoded = squares.read(file, photo);
        boolean grey = decoded.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        BufferedImage flat = Flatten.toOpaqueRgb(decoded, LEAST_SIDE / 2);
        BufferedImage small = EmbeddedProfile.apply(file, photo.type(), grey, Resize.to(side, flat));
        return Upright.turn(small, photo.orientation());
    }
}
