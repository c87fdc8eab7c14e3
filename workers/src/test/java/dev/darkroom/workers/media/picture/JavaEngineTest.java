package dev.darkroom.workers.media.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.PhotoInspector;
import dev.darkroom.media.PhotoLimits;
import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaEngineTest extends PhotoEngineContract {

    @TempDir
    private Path folder;

    @Override
    PhotoEngine engine(PhotoLimits limits) {
        return new JavaEngine(limits);
    }

    @Test
    void a_pattern_too_fine_to_be_seen_becomes_its_mean() throws Exception {
        BufferedImage lines = Pictures.plain(5000, 5000, 0);
        for (int y = 0; y < 5000; y += 4) {
            lines.createGraphics().fillRect(0, y, 5000, 2);
        }
        BufferedImage square = square(TestPictures.write(folder, lines, "png"));

        for (int at = 10; at < 600; at += 59) {
            Pictures.assertColour(square, at, at, Color.GRAY, 60);
        }
    }

    @Test
    void a_deep_picture_is_read_in_no_more_memory_than_allowed() throws Exception {
        ComponentColorModel deep = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), true, false, 3, DataBuffer.TYPE_USHORT);
        WritableRaster raster = deep.createCompatibleWritableRaster(3600, 3600);
        Path photo = TestPictures.write(folder, new BufferedImage(deep, raster, false, null), "png");

        BufferedImage read = new SquareReader(PhotoLimits.DEFAULT, 1836).read(photo, inspect(photo));

        assertThat(8L * read.getWidth() * read.getHeight()).isBetween(1L, SquareReader.MOST_BYTES);
    }

    @Test
    void a_frame_that_claims_more_than_its_header_is_refused() throws Exception {
        Path gif = TestPictures.write(folder, Pictures.plain(20, 20, 0), "gif");
        byte[] bytes = Files.readAllBytes(gif);
        int frame = frame(bytes);
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(frame + 5, (short) 60_000)
                .putShort(frame + 7, (short) 60_000);
        Files.write(gif, bytes);

        assertThatThrownBy(() -> square(gif)).isInstanceOf(DamagedPhotoException.class);
    }

    @Test
    void a_profile_that_unpacks_without_end_is_passed_over() throws Exception {
        Path photo = Pictures.writePng(folder, Pictures.plain(300, 300, 0x3060C0), new byte[40 << 20]);

        Pictures.assertColour(square(photo), 300, 300, new Color(0x3060C0), 3);
    }

    private static int frame(byte[] gif) {
        for (int at = 13 + 3 * (2 << (gif[10] & 7)); ; at++) {
            if (gif[at] == 0x2C) {
                return at;
            }
        }
    }

    private BufferedImage square(Path photo) throws Exception {
        return engine(PhotoLimits.DEFAULT).square(photo, inspect(photo), SIDE);
    }

    private static PhotoInspection.Accepted inspect(Path photo) throws IOException {
        return (PhotoInspection.Accepted) new PhotoInspector(PhotoLimits.DEFAULT).inspect(photo);
    }
}
