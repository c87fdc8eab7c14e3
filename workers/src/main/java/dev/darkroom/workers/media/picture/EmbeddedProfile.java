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
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ICC profile of a PNG, which Java's decoder passes over (chunk {@code iCCP} of the PNG specification). Decoders of the other
 * formats apply it themselves. A profile that cannot be used counts as none: the photo is then shown as sRGB.
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

    private EmbeddedProfile() {}

    /** Brings a picture to sRGB if its file holds a profile that its decoder has not applied. */
    static BufferedImage apply(Path file, PhotoType type, BufferedImage picture) throws IOException {
        if (type != PhotoType.PNG) {
            return picture;
        }
        Optional<byte[]> data = ofPng(file);
        if (data.isEmpty()) {
            return picture;
        }
        try {
            return convert(picture, ICC_Profile.getInstance(data.get()));
        } catch (IllegalArgumentException | CMMException e) {
            LOGGER.debug("A colour profile cannot be used; the photo is taken for sRGB: {}", e.toString());
            return picture;
        }
    }

    private static BufferedImage convert(BufferedImage picture, ICC_Profile profile) {
        int components = profile.getNumComponents();
        if (components != 1 && components != 3) {
            return picture;
        }
        int[] bands = components == 1 ? new int[] {0} : new int[] {0, 1, 2};
        Raster source = picture.getRaster().createChild(0, 0, picture.getWidth(), picture.getHeight(), 0, 0, bands);
        WritableRaster bytes =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, picture.getWidth(), picture.getHeight(), components, null);
        bytes.setPixels(
                0,
                0,
                picture.getWidth(),
                picture.getHeight(),
                source.getPixels(0, 0, picture.getWidth(), picture.getHeight(), (int[]) null));
        BufferedImage converted =
                new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        ICC_Profile[] profiles = {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)};
        WritableRaster target =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, picture.getWidth(), picture.getHeight(), 3, null);
        new ColorConvertOp(profiles, null).filter(bytes, target);
        converted
                .getRaster()
                .setPixels(
                        0,
                        0,
                        picture.getWidth(),
                        picture.getHeight(),
                        target.getPixels(0, 0, picture.getWidth(), picture.getHeight(), (int[]) null));
        return converted;
    }

    private static Optional<byte[]> ofPng(Path file) throws IOException {
        try (DataInputStream input = new DataInputStream(Files.newInputStream(file))) {
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
