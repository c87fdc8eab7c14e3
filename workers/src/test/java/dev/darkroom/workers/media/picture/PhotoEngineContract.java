package dev.darkroom.workers.media.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.PhotoInspector;
import dev.darkroom.media.PhotoLimits;
import dev.darkroom.media.format.Orientation;
import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine makes of a photo, whoever decodes it. */
abstract class PhotoEngineContract {

    static final int SIDE = 612;

    @TempDir
    private Path folder;

    abstract PhotoEngine engine(PhotoLimits limits);

    @ParameterizedTest
    @EnumSource(Orientation.class)
    void every_orientation_comes_out_upright(Orientation orientation) throws Exception {
        BufferedImage stored = TestPictures.asStored(quarters(1500, 1300), orientation);

        Pictures.assertQuarters(square(TestPictures.writeJpeg(folder, stored, orientation)), 12);
    }

    @ParameterizedTest
    @CsvSource({"jpeg, 1", "jpeg, 5", "jpeg, 10", "png, 1", "png, 5", "png, 13", "gif, 1", "gif, 13"})
    void every_kind_of_file_keeps_its_colours(String format, int type) throws Exception {
        Path photo = TestPictures.write(folder, TestPictures.quarters(900, 700, type), format);
        BufferedImage square = square(photo);

        if (type == BufferedImage.TYPE_BYTE_GRAY) {
            Pictures.assertGrey(square);
        } else {
            // Palettes of Java hold 6 levels of each colour.
            Pictures.assertQuarters(square, type == BufferedImage.TYPE_BYTE_INDEXED || format.equals("gif") ? 50 : 12);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_jpeg_may_be_progressive(boolean progressive) throws Exception {
        Pictures.assertQuarters(square(TestPictures.writeJpeg(folder, quarters(1400, 900), progressive)), 12);
    }

    @Test
    void what_is_half_transparent_is_shown_on_white() throws Exception {
        BufferedImage clear = new BufferedImage(900, 900, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 900 * 900; i++) {
            clear.setRGB(i % 900, i / 900, i / 900 < 450 ? 0x00FF0000 : 0x800000FF);
        }
        BufferedImage square = square(TestPictures.write(folder, clear, "png"));

        Pictures.assertColour(square, 300, 100, Color.WHITE, 3);
        Pictures.assertColour(square, 300, 500, new Color(127, 127, 255), 6);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3000", "3000, 1", "2, 3", "613, 611", "5500, 4000"})
    void any_shape_fills_the_square(int width, int height) throws Exception {
        Path photo = TestPictures.write(folder, Pictures.plain(width, height, 0x3060C0), "png");
        BufferedImage square = square(photo);

        assertThat(square.getWidth()).isEqualTo(SIDE);
        assertThat(square.getHeight()).isEqualTo(SIDE);
        assertThat(square.getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
        for (int at : new int[] {0, 305, 611}) {
            Pictures.assertColour(square, at, 611 - at, new Color(0x3060C0), 6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png"})
    void a_profile_is_brought_to_srgb(String format) throws Exception {
        ICC_Profile linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB);
        BufferedImage dark = Pictures.plain(900, 900, 0x373737);
        Path photo = format.equals("png")
                ? Pictures.writePng(folder, dark, linear)
                : TestPictures.writeJpeg(folder, dark, linear);

        // A fifth of the light is about half of the scale in sRGB: 255 * (1.055 * (55/255)^(1/2.4) - 0.055) = 128.
        Pictures.assertColour(square(photo), 300, 300, new Color(128, 128, 128), 9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png"})
    void a_profile_of_grey_is_brought_to_srgb(String format) throws Exception {
        ICC_Profile linear = ICC_Profile.getInstance(ColorSpace.CS_GRAY);
        BufferedImage dark = Pictures.grey(900, 55);
        Path photo = format.equals("png")
                ? Pictures.writePng(folder, dark, linear)
                : TestPictures.writeJpeg(folder, dark, linear);

        Pictures.assertColour(square(photo), 300, 300, new Color(128, 128, 128), 9);
    }

    @Test
    void a_profile_that_is_none_changes_nothing() throws Exception {
        Path photo = Pictures.writePng(folder, Pictures.plain(900, 900, 0x3060C0), new byte[] {1, 2, 3, 4});

        Pictures.assertColour(square(photo), 300, 300, new Color(0x3060C0), 6);
    }

    @Test
    void damage_inside_is_said_to_be_damage() throws Exception {
        Path png = TestPictures.write(folder, quarters(300, 300), "png");
        byte[] bytes = Files.readAllBytes(png);
        Arrays.fill(bytes, 60, bytes.length - 20, (byte) 7);
        Files.write(png, bytes);

        assertThatThrownBy(() -> square(png))
                .isInstanceOf(DamagedPhotoException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void an_interrupt_ends_the_decoding() throws Exception {
        Path photo = TestPictures.writeJpeg(folder, quarters(2000, 2000), false);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> square(photo)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void what_takes_longer_than_its_time_is_given_up() throws Exception {
        Path photo = TestPictures.writeJpeg(folder, quarters(3000, 3000), false);
        PhotoEngine hurried = engine(Pictures.within(Duration.ZERO));

        assertThatThrownBy(() -> hurried.square(photo, inspect(photo), SIDE))
                .isInstanceOf(DamagedPhotoException.class)
                .hasMessageContaining("too long");
    }

    private BufferedImage square(Path photo) throws Exception {
        return engine(PhotoLimits.DEFAULT).square(photo, inspect(photo), SIDE);
    }

    private static PhotoInspection.Accepted inspect(Path photo) throws IOException {
        return (PhotoInspection.Accepted) new PhotoInspector(PhotoLimits.DEFAULT).inspect(photo);
    }

    private static BufferedImage quarters(int width, int height) {
        return TestPictures.quarters(width, height, BufferedImage.TYPE_INT_RGB);
    }
}
