package dev.darkroom.media.format;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.GeoLocation;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.GpsDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two things we use of what a camera notes about a photo. Whatever cannot be read counts as not noted: damaged EXIF
 * never refuses a photo.
 *
 * @param orientation upright if nothing else is said
 * @param taken where the photo was taken; null if not noted, or if what is noted is no place on the earth
 */
public record Exif(Orientation orientation, @Nullable Coordinates taken) {

    public static final Exif NONE = new Exif(Orientation.UPRIGHT, null);

    /** A JPEG segment, in which EXIF was made to fit, holds no more. Larger blocks are passed over. */
    static final int LARGEST = 65_535;

    private static final Logger LOGGER = LoggerFactory.getLogger(Exif.class);
    private static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    /** @param block a TIFF structure of at most {@link #LARGEST} bytes, perhaps behind the prefix of JPEG */
    static Exif read(byte[] block) {
        boolean prefixed = Arrays.equals(block, 0, Math.min(PREFIX.length, block.length), PREFIX, 0, PREFIX.length);
        byte[] tiff = prefixed ? Arrays.copyOfRange(block, PREFIX.length, block.length) : block;
        Metadata metadata = new Metadata();
        try {
            new TiffReader().processTiff(new ByteArrayReader(tiff), new WantedTags(metadata), 0);
        } catch (TiffProcessingException | IOException | RuntimeException e) {
            // What was read before the damage still holds.
            LOGGER.debug("EXIF is damaged and was read in part: {}", e.toString());
        }
        return new Exif(orientation(metadata), coordinates(metadata));
    }

    private static Orientation orientation(Metadata metadata) {
        ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer number = directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return number == null ? Orientation.UPRIGHT : Orientation.ofExif(number);
    }

    private static @Nullable Coordinates coordinates(Metadata metadata) {
        GpsDirectory directory = metadata.getFirstDirectoryOfType(GpsDirectory.class);
        GeoLocation location = directory == null ? null : directory.getGeoLocation();
        if (location == null || location.isZero()) {
            return null;
        }
        double latitude = location.getLatitude();
        double longitude = location.getLongitude();
        return Coordinates.isValid(latitude, longitude) ? new Coordinates(latitude, longitude) : null;
    }
}
