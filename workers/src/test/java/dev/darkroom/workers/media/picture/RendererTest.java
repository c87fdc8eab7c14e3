package dev.darkroom.workers.media.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.media.PhotoLimits;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.format.Orientation;
import dev.darkroom.workers.media.picture.RenderResult.Rendered;
import dev.darkroom.workers.media.picture.RenderResult.Unrenderable;
import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RendererTest {

    private static final PhotoLimits LIMITS = PhotoLimits.DEFAULT;

    private final Renderer renderer = new Renderer(LIMITS);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Rendition.class)
    void every_rendition_is_a_square_of_its_size(Rendition rendition) throws Exception {
        Path photo = TestPictures.writeJpeg(folder, quarters(900, 700), false);

        BufferedImage square = decode(render(photo).pictures().get(rendition));

        assertThat(square.getWidth()).isEqualTo(rendition.side());
        assertThat(square.getHeight()).isEqualTo(rendition.side());
        assertQuarters(square);
    }

    @Test
    void the_square_is_cut_from_the_middle() throws Exception {
        BufferedImage wide = new BufferedImage(900, 300, BufferedImage.TYPE_INT_RGB);
        wide.createGraphics().drawImage(quarters(300, 300), 300, 0, null);

        assertQuarters(standard(TestPictures.writeJpeg(folder, wide, false)));
    }

    @ParameterizedTest
    @EnumSource(Orientation.class)
    void every_orientation_comes_out_upright(Orientation orientation) throws Exception {
        BufferedImage stored = TestPictures.asStored(quarters(400, 300), orientation);

        assertQuarters(standard(TestPictures.writeJpeg(folder, stored, orientation)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 5000})
    void tiny_and_large_photos_fill_the_square(int side) throws Exception {
        BufferedImage square = standard(TestPictures.writeJpeg(folder, quarters(side + 1, side + 1), false));

        assertThat(square.getWidth()).isEqualTo(612);
        if (side > 1) {
            assertQuarters(square);
        }
    }

    @Test
    void progressive_jpeg_gif_and_palette_png_are_read() throws Exception {
        assertQuarters(standard(TestPictures.writeJpeg(folder, quarters(700, 700), true)));
        assertQuarters(standard(TestPictures.write(folder, quarters(700, 700), "gif")));
        BufferedImage indexed = TestPictures.quarters(700, 700, BufferedImage.TYPE_BYTE_INDEXED);
        assertQuarters(standard(TestPictures.write(folder, indexed, "png")));
    }

    @Test
    void what_is_transparent_becomes_white() throws Exception {
        BufferedImage clear = new BufferedImage(300, 300, BufferedImage.TYPE_INT_ARGB);
        clear.setRGB(0, 0, 0xFF000000);

        assertColour(standard(TestPictures.write(folder, clear, "png")), 300, 300, Color.WHITE);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void grey_keeps_its_brightness(int type) throws Exception {
        BufferedImage grey = new BufferedImage(300, 300, type);
        int level = type == BufferedImage.TYPE_USHORT_GRAY ? 90 * 257 : 90;
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 300; x++) {
                grey.getRaster().setSample(x, y, 0, level);
            }
        }

        assertColour(standard(TestPictures.write(folder, grey, "png")), 300, 300, new Color(90, 90, 90));
    }

    @Test
    void a_colour_profile_is_brought_to_srgb() throws Exception {
        BufferedImage dark = new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 300; x++) {
                dark.setRGB(x, y, 0x373737);
            }
        }
        ICC_Profile linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB);

        // A fifth of the light is about half of the scale in sRGB: 255 * (1.055 * (55/255)^(1/2.4) - 0.055) = 128.
        assertColour(standard(TestPictures.writeJpeg(folder, dark, linear)), 300, 300, new Color(128, 128, 128));
    }

    @Test
    void renditions_are_baseline_jpeg_without_metadata() throws Exception {
        Path photo = TestPictures.writeJpeg(folder, quarters(700, 700), Orientation.TURNED_LEFT);

        render(photo)
                .pictures()
                .values()
                .forEach(jpeg -> assertThat(markers(jpeg))
                        .startsWith(0xE0)
                        .contains(0xC0)
                        .doesNotContain(0xE1, 0xE2, 0xED, 0xFE, 0xC2));
    }

    @Test
    void damage_inside_is_a_refusal_and_no_exception() throws Exception {
        Path png = TestPictures.write(folder, quarters(300, 300), "png");
        byte[] bytes = Files.readAllBytes(png);
        Arrays.fill(bytes, 60, bytes.length - 20, (byte) 7);
        Files.write(png, bytes);

        assertThat(((Unrenderable) renderer.render(png)).reason()).isNotBlank();
    }

    @Test
    void what_is_no_photo_is_refused_with_the_inspectors_reason() throws Exception {
        Path text = Files.writeString(folder.resolve("photo.jpg"), "<html>");

        assertThat(((Unrenderable) renderer.render(text)).reason()).contains("web page");
    }

    @Test
    void an_interrupt_ends_the_decoding() throws Exception {
        Path photo = TestPictures.writeJpeg(folder, quarters(2000, 2000), false);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> renderer.render(photo)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private Rendered render(Path photo) throws IOException, InterruptedException {
        return (Rendered) renderer.render(photo);
    }

    private BufferedImage standard(Path photo) throws IOException, InterruptedException {
        return decode(render(photo).pictures().get(Rendition.STANDARD_RESOLUTION));
    }

    private static BufferedImage quarters(int width, int height) {
        return TestPictures.quarters(width, height, BufferedImage.TYPE_INT_RGB);
    }

    private static BufferedImage decode(byte[] jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }

    private static void assertQuarters(BufferedImage square) {
        int near = square.getWidth() / 4;
        int far = square.getWidth() - near;
        assertColour(square, near, near, TestPictures.TOP_LEFT);
        assertColour(square, far, near, TestPictures.TOP_RIGHT);
        assertColour(square, near, far, TestPictures.BOTTOM_LEFT);
        assertColour(square, far, far, TestPictures.BOTTOM_RIGHT);
    }

    /** Palettes and JPEG shift a colour a little. */
    private static void assertColour(BufferedImage picture, int x, int y, Color expected) {
        Color found = new Color(picture.getRGB(x, y));
        int distance = Math.abs(found.getRed() - expected.getRed())
                + Math.abs(found.getGreen() - expected.getGreen())
                + Math.abs(found.getBlue() - expected.getBlue());
        assertThat(distance)
                .as("%s at %d, %d instead of %s", found, x, y, expected)
                .isLessThan(50);
    }

    /** The markers before the picture's data. */
    private static List<Integer> markers(byte[] jpeg) {
        List<Integer> found = new ArrayList<>();
        ByteBuffer segments = ByteBuffer.wrap(jpeg).position(2);
        int marker = segments.getShort() & 0xFF;
        while (marker != 0xDA) {
            found.add(marker);
            int length = segments.getShort(segments.position());
            segments.position(segments.position() + length);
            marker = segments.getShort() & 0xFF;
        }
        return found;
    }
}
