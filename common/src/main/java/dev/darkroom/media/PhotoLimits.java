package dev.darkroom.media;

import dev.darkroom.media.format.PhotoType;
import java.time.Duration;

/**
 * What an upload may be at most; checked before memory is taken.
 *
 * @param bytes of the file
 * @param pixels width times height of the stored picture
 * @param progressivePixels the same for a progressive JPEG, all of which must be held: up to eight bytes a pixel; and for a HEIC
 * @param webpPixels the same for a WebP, the whole of which is held, several times by the decoder in Java
 * @param side width or height in pixels
 * @param decoding how long decoding may take; what takes longer is refused
 */
public record PhotoLimits(
        long bytes, long pixels, long progressivePixels, long webpPixels, int side, Duration decoding) {

    /** 32 MiB; 50 megapixels, 25 for progressive JPEG, HEIC and WebP; no side above 30,000; 20 seconds. */
    public static final PhotoLimits DEFAULT =
            new PhotoLimits(32L << 20, 50_000_000, 25_000_000, 25_000_000, 30_000, Duration.ofSeconds(20));

    public PhotoLimits {
        if (bytes < 1 || pixels < 1 || progressivePixels < 1 || webpPixels < 1 || side < 1) {
            throw new IllegalArgumentException("A limit below 1 would refuse every photo");
        }
    }

    /** The same, for files of another size. */
    public PhotoLimits withBytes(long most) {
        return new PhotoLimits(most, pixels, progressivePixels, webpPixels, side, decoding);
    }

    /** The same, for decoding that may take another time. */
    public PhotoLimits withDecoding(Duration longest) {
        return new PhotoLimits(bytes, pixels, progressivePixels, webpPixels, side, longest);
    }

    /** What width times height of a picture of this kind may be. */
    public long pixelsOf(PhotoType type, boolean progressive) {
        if (type == PhotoType.WEBP) {
            return webpPixels;
        }
        return progressive || type == PhotoType.HEIC ? progressivePixels : pixels;
    }
}
