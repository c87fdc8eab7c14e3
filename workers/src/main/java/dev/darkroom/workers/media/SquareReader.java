package dev.darkroom.workers.media;

import dev.darkroom.media.PhotoLimits;
import dev.darkroom.media.format.PhotoType;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/**
 * Decodes the square in the middle of a photo, leaving out lines and columns of large ones, so that the memory it takes
 * does not grow with the photo. Of an animation it reads the first frame. Thread-safe.
 */
final class SquareReader {

    private final PhotoLimits limits;
    private final int leastSide;

    /** @param leastSide what is read has at least this side, unless the photo itself is smaller, and less than twice of it */
    SquareReader(PhotoLimits limits, int leastSide) {
        this.limits = limits;
        this.leastSide = leastSide;
    }

    /**
     * @throws DamagedPhotoException if the file cannot be decoded
     * @throws IOException if the file cannot be opened
     * @throws InterruptedException if the thread was interrupted while decoding
     */
    BufferedImage read(Path file, PhotoType type) throws IOException, DamagedPhotoException, InterruptedException {
        try (FileImageInputStream input = new FileImageInputStream(file.toFile())) {
            ImageReader reader =
                    ImageIO.getImageReadersByFormatName(type.formatName()).next();
            try {
                reader.setInput(input, false, true);
                return decode(reader, limits.pixelsOf(type, false));
            } finally {
                reader.dispose();
            }
        }
    }

    private BufferedImage decode(ImageReader reader, long mostPixels)
            throws DamagedPhotoException, InterruptedException {
        reader.addIIOReadProgressListener(new AbortOnInterrupt());
        BufferedImage square;
        try {
            square = readSquare(reader, mostPixels);
        } catch (IOException | RuntimeException e) {
            // Decoders answer damaged input with almost any exception; which one says nothing more.
            throw new DamagedPhotoException("The photo is damaged: " + e, e);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("Stopped while decoding a photo");
        }
        return square;
    }

    private BufferedImage readSquare(ImageReader reader, long mostPixels) throws IOException, DamagedPhotoException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        // A frame may claim another size than the header that was inspected.
        if (width < 1 || height < 1 || (long) width * height > mostPixels) {
            throw new DamagedPhotoException("The photo claims " + width + " x " + height + " pixels inside");
        }
        int side = Math.min(width, height);
        int step = Math.max(1, side / leastSide);
        ImageReadParam region = reader.getDefaultReadParam();
        region.setSourceRegion(new Rectangle((width - side) / 2, (height - side) / 2, side, side));
        region.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, region);
    }
}
