package dev.darkroom.workers.media.picture;

import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.PhotoLimits;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.FileImageInputStream;

/**
 * Decodes the square in the middle of a photo, leaving out lines and columns of large ones, so that the memory it takes
 * does not grow with the photo. Of an animation it reads the first frame. Thread-safe.
 */
final class SquareReader {

    /** What one decoded square may take of the heap, in bytes: 4,000 pixels square in three bytes each. */
    static final long MOST_BYTES = 48_000_000;

    private final PhotoLimits limits;
    private final int leastSide;

    /** @param leastSide what is read has at least this side, unless the photo itself is smaller, and less than twice of it */
    SquareReader(PhotoLimits limits, int leastSide) {
        this.limits = limits;
        this.leastSide = leastSide;
    }

    /**
     * @throws DamagedPhotoException if the file cannot be decoded, or not in time
     * @throws IOException if the file cannot be opened
     * @throws InterruptedException if the thread was interrupted while decoding
     */
    BufferedImage read(Path file, PhotoInspection.Accepted photo)
            throws IOException, DamagedPhotoException, InterruptedException {
        try (FileImageInputStream input = new FileImageInputStream(file.toFile())) {
            ImageReader reader = ImageIO.getImageReadersByFormatName(
                            photo.type().formatName())
                    .next();
            try {
                reader.setInput(input, false, true);
                return decode(reader, limits.pixelsOf(photo.type(), false));
            } finally {
                reader.dispose();
            }
        }
    }

    private BufferedImage decode(ImageReader reader, long mostPixels)
            throws DamagedPhotoException, InterruptedException {
        DecodeWatch watch = new DecodeWatch(limits.decoding());
        reader.addIIOReadProgressListener(watch);
        BufferedImage square;
        try {
            square = readSquare(reader, mostPixels);
        } catch (IOException | RuntimeException e) {
            // Decoders answer damaged input with almost any exception; which one says nothing more.
            throw DamagedPhotoException.damaged(e);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("Stopped while decoding a photo");
        }
        if (watch.timeUp()) {
            throw DamagedPhotoException.tooSlow(new IIOException("Given up after " + limits.decoding()));
        }
        return square;
    }

    private BufferedImage readSquare(ImageReader reader, long mostPixels) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        // A frame may claim another size than the header that was inspected.
        if (width < 1 || height < 1 || (long) width * height > mostPixels) {
            throw new IIOException("The photo claims " + width + " x " + height + " pixels inside");
        }
        int side = Math.min(width, height);
        int step = step(side, bytesPerPixel(reader));
        ImageReadParam region = reader.getDefaultReadParam();
        region.setSourceRegion(new Rectangle((width - side) / 2, (height - side) / 2, side, side));
        region.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, region);
    }

    /** Every how many-th line and column is read. */
    private int step(int side, int bytesPerPixel) {
        int step = Math.max(1, side / leastSide);
        while ((long) (side / step) * (side / step) * bytesPerPixel > MOST_BYTES) {
            step++;
        }
        return step;
    }

    private static int bytesPerPixel(ImageReader reader) throws IOException {
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        int bits = types.next().getColorModel().getPixelSize();
        return Math.max(1, bits / Byte.SIZE);
    }
}
