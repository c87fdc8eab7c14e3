package dev.darkroom.workers.media.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.config.MediaConfiguration;
import dev.darkroom.media.InstalledDecoders;
import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.PhotoInspector;
import dev.darkroom.media.PhotoLimits;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** WebP that Java does not decode in the worker itself. A JVM of its own takes its time on a busy machine. */
@EnabledOnOs(OS.LINUX)
class LargeWebpTest {

    private static final PhotoLimits PATIENT = PhotoLimits.DEFAULT.withDecoding(Duration.ofMinutes(5));

    @TempDir
    private Path folder;

    @Test
    void another_process_decodes_it() throws Exception {
        Path photo = TestWebp.write(folder, 2400, 1500);

        assertHalves(engine(InstalledDecoders.NONE).square(photo, inspect(photo), PhotoEngineContract.SIDE));
    }

    @Test
    @Tag("full")
    void another_process_decodes_22_megapixels() throws Exception {
        Path photo = TestWebp.write(folder, 5500, 4000);

        assertHalves(engine(InstalledDecoders.NONE).square(photo, inspect(photo), PhotoEngineContract.SIDE));
    }

    @Test
    void libvips_decodes_22_megapixels_where_it_is_installed() throws Exception {
        InstalledDecoders installed = InstalledDecoders.find();
        assumeTrue(installed.vips().isPresent(), "vipsthumbnail is not on the PATH");
        Path photo = TestWebp.write(folder, 5500, 4000);

        assertHalves(engine(installed).square(photo, inspect(photo), PhotoEngineContract.SIDE));
    }

    @Test
    void a_process_without_enough_memory_refuses_it_and_harms_nobody() throws Exception {
        Path photo = TestWebp.write(folder, 2400, 1500);
        ChildEngine tight = new ChildEngine(PATIENT.decoding(), 16);

        assertThatThrownBy(() -> tight.square(photo, inspect(photo), PhotoEngineContract.SIDE))
                .isInstanceOf(DamagedPhotoException.class)
                .rootCause()
                .hasMessageContaining("OutOfMemoryError");
    }

    @Test
    void what_is_larger_is_refused_at_once() throws Exception {
        assertThat(new PhotoInspector(PATIENT).inspect(TestWebp.write(folder, 5501, 4600)))
                .isInstanceOfSatisfying(
                        PhotoInspection.Refused.class,
                        refused -> assertThat(refused.reason()).contains("5501 x 4600", "25.0 megapixels"));
    }

    private static PhotoEngine engine(InstalledDecoders installed) {
        return PhotoEngines.open(PATIENT, MediaConfiguration.DEFAULT, installed);
    }

    private static PhotoInspection.Accepted inspect(Path photo) throws IOException {
        return (PhotoInspection.Accepted) new PhotoInspector(PATIENT).inspect(photo);
    }

    private static void assertHalves(BufferedImage square) {
        assertThat(square.getWidth()).isEqualTo(PhotoEngineContract.SIDE);
        Pictures.assertColour(square, 100, 300, TestWebp.LEFT, 3);
        Pictures.assertColour(square, 500, 300, TestWebp.RIGHT, 3);
    }
}
