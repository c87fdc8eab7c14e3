package dev.darkroom.workers.media.picture;

import dev.darkroom.media.format.Orientation;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws small photos of every kind. */
public final class TestPictures {

    static final Color TOP_LEFT = new Color(200, 40, 40);
    static final Color TOP_RIGHT = new Color(40, 160, 40);
    static final Color BOTTOM_LEFT = new Color(40, 40, 200);
    static final Color BOTTOM_RIGHT = new Color(220, 200, 40);

    private TestPictures() {}

    /** Four quarters, each of its own colour. */
    public static BufferedImage quarters(int width, int height, int type) {
        BufferedImage picture = new BufferedImage(width, height, type);
        Graphics2D graphics = picture.createGraphics();
        Color[] colours = {TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, BOTTOM_RIGHT};
        for (int i = 0; i < colours.length; i++) {
            graphics.setColor(colours[i]);
            graphics.fillRect(i % 2 * (width / 2), i / 2 * (height / 2), width - width / 2, height - height / 2);
        }
        graphics.dispose();
        return picture;
    }

    /** How a camera stores an upright picture under an orientation: turned and mirrored the other way. */
    static BufferedImage asStored(BufferedImage upright, Orientation orientation) {
        BufferedImage turned = upright;
        for (int turn = orientation.quarterTurns(); turn < 4 && turn > 0; turn++) {
            turned = turnedRight(turned);
        }
        return orientation.mirrored() ? mirrored(turned) : turned;
    }

    private static BufferedImage turnedRight(BufferedImage picture) {
        int width = picture.getHeight();
        int height = picture.getWidth();
        BufferedImage turned = new BufferedImage(width, height, picture.getType());
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                turned.setRGB(picture.getHeight() - 1 - y, x, picture.getRGB(x, y));
            }
        }
        return turned;
    }

    private static BufferedImage mirrored(BufferedImage picture) {
        BufferedImage mirrored = new BufferedImage(picture.getWidth(), picture.getHeight(), picture.getType());
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                mirrored.setRGB(picture.getWidth() - 1 - x, y, picture.getRGB(x, y));
            }
        }
        return mirrored;
    }

    static Path write(Path folder, BufferedImage picture, String format) throws IOException {
        Path file = Files.createTempFile(folder, "photo", "." + format);
        if (!ImageIO.write(picture, format, file.toFile())) {
            throw new IOException("Java cannot write such a picture as " + format);
        }
        return file;
    }

    public static Path writeJpeg(Path folder, BufferedImage picture, boolean progressive) throws IOException {
        return Files.write(Files.createTempFile(folder, "photo", ".jpg"), jpeg(picture, progressive));
    }

    /** The samples as they are, under another profile. */
    static Path writeJpeg(Path folder, BufferedImage picture, ICC_Profile profile) throws IOException {
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.write("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1));
        segment.write(profile.getData());
        return writeJpeg(folder, picture, 0xE2, segment.toByteArray());
    }

    static Path writeJpeg(Path folder, BufferedImage picture, Orientation orientation) throws IOException {
        return writeJpeg(folder, picture, 0xE1, exif(orientation));
    }

    private static Path writeJpeg(Path folder, BufferedImage picture, int marker, byte[] segment) throws IOException {
        byte[] plain = jpeg(picture, false);
        ByteBuffer file = ByteBuffer.allocate(plain.length + 4 + segment.length)
                .put(plain, 0, 2)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (segment.length + 2))
                .put(segment)
                .put(plain, 2, plain.length - 2);
        return Files.write(Files.createTempFile(folder, "photo", ".jpg"), file.array());
    }

    private static byte[] exif(Orientation orientation) {
        int number = IntStream.rangeClosed(1, 8)
                .filter(each -> Orientation.ofExif(each) == orientation)
                .findFirst()
                .orElseThrow();
        return ByteBuffer.allocate(32)
                .put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) number)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    private static byte[] jpeg(BufferedImage picture, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(0.95f);
            parameters.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(output);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
