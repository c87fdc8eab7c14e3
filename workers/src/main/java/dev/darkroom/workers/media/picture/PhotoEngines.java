package dev.darkroom.workers.media.picture;

import dev.darkroom.config.MediaConfiguration;
import dev.darkroom.media.InstalledDecoders;
import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.PhotoLimits;
import dev.darkroom.media.format.PhotoType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each photo to an engine: HEIC to the converter, PNG and GIF to Java, JPEG and WebP as configured. Large WebP, which
 * takes Java long and much memory, is for libvips wherever that is installed. Where libvips cannot be run, Java decodes; large
 * WebP in another process. Thread-safe.
 */
final class PhotoEngines implements PhotoEngine {

    private static final Logger LOGGER = LoggerFactory.getLogger(PhotoEngines.class);

    /** Java decodes no larger ones in this process; pixels. */
    static final long SMALL_WEBP = 3_200_000;

    private final PhotoEngine java;
    private final PhotoEngine child;
    private final Optional<PhotoEngine> vips;
    private final Optional<PhotoEngine> heic;
    private final String choice;

    PhotoEngines(
            PhotoEngine java,
            PhotoEngine child,
            Optional<PhotoEngine> vips,
            Optional<PhotoEngine> heic,
            String choice) {
        this.java = java;
        this.child = child;
        this.vips = vips;
        this.heic = heic;
        this.choice = choice;
    }

    static PhotoEngines open(PhotoLimits limits, MediaConfiguration configuration, InstalledDecoders installed) {
        JavaEngine java = new JavaEngine(limits);
        String choice = configuration.engineOrDefault();
        Optional<Path> program = installed.vips();
        if (choice.equals(MediaConfiguration.VIPS) && program.isEmpty()) {
            LOGGER.warn("The engine vips is chosen but vipsthumbnail is not installed; Java decodes all photos");
        }
        return new PhotoEngines(
                java,
                new ChildEngine(limits),
                program.map(found -> new VipsEngine(found, limits)),
                installed.heic().map(found -> new HeicEngine(found, limits, java)),
                choice);
    }

    @Override
    public BufferedImage square(Path file, PhotoInspection.Accepted photo, int side)
            throws IOException, DamagedPhotoException, InterruptedException {
        if (photo.type() == PhotoType.HEIC) {
            return heic.orElseThrow(() -> DamagedPhotoException.notHere("HEIC")).square(file, photo, side);
        }
        PhotoEngine own = isLargeWebp(photo) ? child : java;
        if (vips.isEmpty() || !isForVips(photo)) {
            return own.square(file, photo, side);
        }
        try {
            return vips.get().square(file, photo, side);
        } catch (IOException e) {
            LOGGER.warn("libvips cannot be run, Java decodes in its place", e);
            return own.square(file, photo, side);
        }
    }

    private static boolean isLargeWebp(PhotoInspection.Accepted photo) {
        return photo.type() == PhotoType.WEBP && (long) photo.width() * photo.height() > SMALL_WEBP;
    }

    // libvips shows what is left of a damaged PNG where we refuse it, and takes inks without a profile for those of a
    // press where we, like browsers, take them for the opposite of light.
    private boolean isForVips(PhotoInspection.Accepted photo) {
        if (choice.equals(MediaConfiguration.JAVA)) {
            return isLargeWebp(photo);
        }
        boolean alike = photo.type() == PhotoType.WEBP || photo.type() == PhotoType.JPEG;
        if (!alike || photo.coding().inks()) {
            return false;
        }
        return choice.equals(MediaConfiguration.VIPS)
                || photo.type() == PhotoType.WEBP
                || photo.coding().progressive();
    }
}
