package dev.darkroom.media;

/**
 * What an upload may be at most; checked before memory is taken.
 *
 * @param bytes of the file
 * @param pixels width times height of the stored picture
 * @param wholePixels the same for formats whose decoder must hold all of the picture at once; such a decoder takes up to
 *     six bytes a pixel
 * @param side width or height in pixels
 */
public record PhotoLimits(long bytes, long pixels, long wholePixels, int side) {

    /** 32 MiB, 50 megapixels (25 for progressive JPEG and WebP), no side above 30,000. */
    public static final PhotoLimits DEFAULT = new PhotoLimits(32L << 20, 50_000_000, 25_000_000, 30_000);

    public PhotoLimits {
        if (bytes < 1 || pixels < 1 || wholePixels < 1 || side < 1) {
            throw new IllegalArgumentException("A limit below 1 would refuse every photo");
        }
    }
}
