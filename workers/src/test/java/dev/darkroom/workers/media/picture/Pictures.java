package dev.darkroom.workers.media.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.media.PhotoLimits;
import java.awt.Color;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Plain pictures, PNG with chunks of one's choice, and what a picture looks like. */
final class Pictures {

    /** Signature and header: where further chunks belong. */
    private static final int PNG_HEADER = 33;

    private Pictures() {}

    static BufferedImage plain(int width, int height, int rgb) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] line = new int[width];
        Arrays.fill(line, rgb);
        for (int y = 0; y < height; y++) {
            picture.setRGB(0, y, width, 1, line, 0, width);
        }
        return picture;
    }

    static BufferedImage grey(int side, int level) {
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        int[] samples = new int[side * side];
        Arrays.fill(samples, level);
        picture.getRaster().setSamples(0, 0, side, side, 0, samples);
        return picture;
    }

    static Path writePng(Path folder, BufferedImage picture, ICC_Profile profile) throws IOException {
        return writePng(folder, picture, profile.getData());
    }

    static Path writePng(Path folder, BufferedImage picture, byte[] profile) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write("any\0\0".getBytes(StandardCharsets.ISO_8859_1));
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(content)) {
            deflated.write(profile);
        }
        return Files.write(Files.createTempFile(folder, "photo", ".png"), png(picture, "iCCP", content.toByteArray()));
    }

    /** A PNG with one more chunk behind its header. */
    static byte[] png(BufferedImage picture, String name, byte[] content) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", plain);
        byte[] bytes = plain.toByteArray();
        byte[] named = ByteBuffer.allocate(4 + content.length)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
        CRC32 checksum = new CRC32();
        checksum.update(named);
        return ByteBuffer.allocate(bytes.length + 8 + named.length)
                .put(bytes, 0, PNG_HEADER)
                .putInt(content.length)
                .put(named)
                .putInt((int) checksum.getValue())
                .put(bytes, PNG_HEADER, bytes.length - PNG_HEADER)
                .array();
    }

    static PhotoLimits within(Duration decoding) {
        return PhotoLimits.DEFAULT.withDecoding(decoding);
    }

    static void assertQuarters(BufferedImage square, int tolerance) {
        int near = square.getWidth() / 4;
        int far = square.getWidth() - near;
        assertColour(square, near, near, TestPictures.TOP_LEFT, tolerance);
        assertColour(square, far, near, TestPictures.TOP_RIGHT, tolerance);
        assertColour(square, near, far, TestPictures.BOTTOM_LEFT, tolerance);
        assertColour(square, far, far, TestPictures.BOTTOM_RIGHT, tolerance);
    }

    static void assertGrey(BufferedImage square) {
        for (int at : new int[] {150, 450}) {
            Color found = new Color(square.getRGB(at, at));
            assertThat(found.getRed()).isEqualTo(found.getGreen()).isEqualTo(found.getBlue());
        }
        assertThat(new Color(square.getRGB(150, 150)).getRed()).isLessThan(new Color(square.getRGB(450, 450)).getRed());
    }

    /** @param tolerance of each of red, green and blue */
    static void assertColour(BufferedImage picture, int x, int y, Color expected, int tolerance) {
        Color found = new Color(picture.getRGB(x, y));
        int furthest = Math.max(
                Math.abs(found.getRed() - expected.getRed()),
                Math.max(
                        Math.abs(found.getGreen() - expected.getGreen()),
                        Math.abs(found.getBlue() - expected.getBlue())));
        assertThat(furthest)
                .as("%s at %d, %d instead of %s", found, x, y, expected)
                .isLessThanOrEqualTo(tolerance);
    }
}
