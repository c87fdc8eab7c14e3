package dev.darkroom.workers.media.picture;

import dev.darkroom.media.format.PhotoType;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ICC profiles that Java's decoders pass over: those of PNG (chunk {@code iCCP}) and of grey JPEG (segment APP2 as ICC.1,
 * annex B lays it out). Other colours come converted. A profile that cannot be used counts as none: the photo is then shown as sRGB.
 */
final class EmbeddedProfile {

    /** Profiles of cameras and screens take some kilobytes, those of printing presses some hundred. */
    static final int LARGEST = 4 << 20;

    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedProfile.class);
    private static final int SIGNATURE = 8;
    private static final int CHECKSUM = 4;
    private static final int ICCP = 0x69434350;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final int LONGEST_NAME = 79;
    private static final int APP2 = 0xFFE2;
    private static final int START_OF_SCAN = 0xFFDA;
    private static final byte[] SEGMENT_START = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);

    private EmbeddedProfile() {}

    /**
     * Brings a picture to sRGB if its file holds a profile that its decoder has not applied.
     *
     * @param grey whether the file holds levels of grey
     */
    static BufferedImage apply(Path file, PhotoType type, boolean grey, BufferedImage picture) throws IOException {
        Optional<byte[]> data = switch (type) {
            case PNG -> ofPng(file);
            case JPEG -> grey ? ofJpeg(file) : Optional.empty();
            default -> Optional.empty();
        };
        if (data.isEmpty()) {
            return picture;
        }
        try {
            ICC_Profile profile = ICC_Profile.getInstance(data.get());
            return profile.getNumComponents() == (grey ? 1 : 3) ? convert(picture, profile) : picture;
        } catch (IllegalArgumentException | CMMException e) {
            LOGGER.debug("A colour profile cannot be used; the photo is taken for sRGB: {}", e.toString());
            return picture;
        }
    }

    private static BufferedImage convert(BufferedImage picture, ICC_Profile profile) {
        int side = picture.getWidth();
        int[] bands = profile.getNumComponents() == 1 ? new int[] {0} : new int[] {0, 1, 2};
        Raster source = picture.getRaster().createChild(0, 0, side, side, 0, 0, bands);
        WritableRaster bytes = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, side, side, bands.length, null);
        bytes.setPixels(0, 0, side, side, source.getPixels(0, 0, side, side, (int[]) null));
        WritableRaster target = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, side, side, 3, null);
        ICC_Profile[] profiles = {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)};
        new ColorConvertOp(profiles, null).filter(bytes, target);
        BufferedImage converted = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        converted.getRaster().setPixels(0, 0, side, side, target.getPixels(0, 0, side, side, (int[]) null));
        return converted;
    }

    private static Optional<byte[]> ofPng(Path file) throws IOException {
        try (DataInputStream input = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            input.skipNBytes(SIGNATURE);
            while (true) {
                int length = input.readInt();
                int kind = input.readInt();
                if (kind == ICCP && length > 0 && length <= LARGEST) {
                    return inflate(input.readNBytes(length));
                }
                if (kind == IDAT || kind == IEND || length < 0) {
                    return Optional.empty();
                }
                input.skipNBytes((long) length + CHECKSUM);
            }
        }
    }

    /** Profiles of grey fit in one segment; one in several would not be of grey. */
    private static Optional<byte[]> ofJpeg(Path file) throws IOException {
        try (DataInputStream input = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            input.skipNBytes(2);
            while (true) {
                int marker = input.readUnsignedShort();
                int length = input.readUnsignedShort() - 2;
                if (marker == START_OF_SCAN || marker >> 8 != 0xFF || length < 0) {
                    return Optional.empty();
                }
                byte[] segment = input.readNBytes(length);
                if (marker == APP2 && startsWith(segment, SEGMENT_START)) {
                    return Optional.of(Arrays.copyOfRange(segment, SEGMENT_START.length + 2, length));
                }
            }
        }
    }

    private static boolean startsWith(byte[] segment, byte[] start) {
        return segment.length > start.length + 2 && Arrays.equals(segment, 0, start.length, start, 0, start.length);
    }

    /** The chunk: a name of at most 79 bytes, 0, the method 0, then the profile under zlib. */
    private static Optional<byte[]> inflate(byte[] chunk) {
        int name = 0;
        while (name < chunk.length && name <= LONGEST_NAME && chunk[name] != 0) {
            name++;
        }
        if (name + 2 >= chunk.length || chunk[name] != 0) {
            return Optional.empty();
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(chunk, name + 2, chunk.length - name - 2);
            byte[] profile = new byte[LARGEST];
            int length = inflater.inflate(profile);
            return inflater.finished() ? Optional.of(Arrays.copyOf(profile, length)) : Optional.empty();
        } catch (DataFormatException e) {
            LOGGER.debug("A colour profile is damaged; the photo is taken for sRGB: {}", e.toString());
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }
}
