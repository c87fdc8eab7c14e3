package dev.darkroom.workers.media.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.config.MediaConfiguration;
import dev.darkroom.media.InstalledDecoders;
import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.PhotoLimits;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.SamplePhotos;
import dev.darkroom.media.SamplePhotos.Sample;
import dev.darkroom.media.format.Orientation;
import dev.darkroom.media.format.PhotoCoding;
import dev.darkroom.media.format.PhotoType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** HEIC with a converter of the test's own, and with libheif where that and the samples are there. */
@EnabledOnOs(OS.LINUX)
class HeicEngineTest {

    private static final PhotoInspection.Accepted PHOTO =
            new PhotoInspection.Accepted(PhotoType.HEIC, 800, 700, Orientation.UPRIGHT, PhotoCoding.PLAIN, null);

    @TempDir
    private Path folder;

    @Test
    void what_the_converter_has_turned_is_not_turned_again() throws Exception {
        Path jpeg = TestPictures.writeJpeg(folder, quarters(), Orientation.TURNED_LEFT);

        Pictures.assertQuarters(square("cp " + jpeg + " \"$4\""), 12);
    }

    @Test
    void of_several_pictures_the_first_is_taken() throws Exception {
        Path jpeg = TestPictures.writeJpeg(folder, quarters(), false);

        Pictures.assertQuarters(square("cp " + jpeg + " \"${4%.jpg}-1.jpg\""), 12);
    }

    @Test
    void a_converter_that_fails_or_makes_nothing_means_damage() {
        assertThatThrownBy(() -> square("exit 1")).isInstanceOf(DamagedPhotoException.class);
        assertThatThrownBy(() -> square("exit 0")).isInstanceOf(DamagedPhotoException.class);
        assertThatThrownBy(() -> square("echo x > \"$4\"")).isInstanceOf(DamagedPhotoException.class);
    }

    @Test
    void without_a_converter_the_reason_is_told() {
        PhotoEngines none = PhotoEngines.open(PhotoLimits.DEFAULT, MediaConfiguration.DEFAULT, InstalledDecoders.NONE);

        assertThatThrownBy(() -> none.square(folder, PHOTO, 612)).hasMessageContaining("HEIC");
    }

    @Test
    void where_libvips_cannot_be_run_java_decodes() throws Exception {
        Path jpeg = TestPictures.writeJpeg(folder, quarters(), false);
        InstalledDecoders gone = new InstalledDecoders(Optional.of(Path.of("/no/such/program")), Optional.empty());
        Renderer renderer =
                Renderer.open(PhotoLimits.DEFAULT, new MediaConfiguration(MediaConfiguration.VIPS, null), gone);

        assertThat(renderer.render(jpeg)).isInstanceOf(RenderResult.Rendered.class);
    }

    @Test
    @EnabledIf("libheifAndSamplesAreHere")
    void photos_of_phones_are_shown() throws Exception {
        Renderer renderer = Renderer.open(PhotoLimits.DEFAULT, MediaConfiguration.DEFAULT, InstalledDecoders.find());

        for (Sample sample : heicSamples()) {
            RenderResult.Rendered rendered = (RenderResult.Rendered) renderer.render(sample.file());
            assertThat(rendered.pictures()).containsOnlyKeys(Rendition.values());
        }
    }

    static boolean libheifAndSamplesAreHere() {
        return InstalledDecoders.find().heic().isPresent() && !heicSamples().isEmpty();
    }

    private static List<Sample> heicSamples() {
        return SamplePhotos.photos().stream()
                .filter(sample -> sample.toString().endsWith(".heic"))
                .toList();
    }

    private BufferedImage square(String script) throws Exception {
        Path converter = Files.createTempFile(
                folder,
                "converter",
                ".sh",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(converter, "#!/bin/sh\n" + script + "\n");
        JavaEngine java = new JavaEngine(PhotoLimits.DEFAULT);
        return new HeicEngine(converter, PhotoLimits.DEFAULT, java).square(folder.resolve("any.heic"), PHOTO, 612);
    }

    private static BufferedImage quarters() throws IOException {
        return TestPictures.quarters(800, 700, BufferedImage.TYPE_INT_RGB);
    }
}
