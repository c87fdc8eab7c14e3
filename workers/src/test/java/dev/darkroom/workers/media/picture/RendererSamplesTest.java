package dev.darkroom.workers.media.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.media.PhotoLimits;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.SamplePhotos;
import dev.darkroom.media.SamplePhotos.Sample;
import dev.darkroom.workers.media.picture.RenderResult.Rendered;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The renderer against photos of real cameras and against hostile uploads. */
@EnabledIf("samplesAreHere")
class RendererSamplesTest {

    private final Renderer renderer = new Renderer(PhotoLimits.DEFAULT);

    static boolean samplesAreHere() {
        return !SamplePhotos.photos().isEmpty() && !SamplePhotos.badUploads().isEmpty();
    }

    static Stream<Sample> renderable() {
        return Stream.concat(
                SamplePhotos.photos().stream()
                        .filter(sample -> !sample.get("format").startsWith("HEI")),
                SamplePhotos.badUploads().stream()
                        .filter(sample -> List.of("accept", "accept-sanitised").contains(sample.get("expect"))));
    }

    static Stream<Sample> others() {
        List<Sample> renderable = renderable().toList();
        return Stream.concat(SamplePhotos.photos().stream(), SamplePhotos.badUploads().stream())
                .filter(sample -> !renderable.contains(sample));
    }

    @ParameterizedTest
    @MethodSource("renderable")
    void a_photo_becomes_three_squares_that_hold_nothing_but_pixels(Sample sample) throws Exception {
        Rendered rendered = (Rendered) renderer.render(sample.file());

        for (Rendition rendition : Rendition.values()) {
            byte[] jpeg = rendered.pictures().get(rendition);
            BufferedImage square = ImageIO.read(new ByteArrayInputStream(jpeg));
            assertThat(square.getWidth()).isEqualTo(rendition.side());
            assertThat(square.getHeight()).isEqualTo(rendition.side());
            assertThat(new String(jpeg, StandardCharsets.ISO_8859_1))
                    .doesNotContain("Exif", "<script", "ICC_PROFILE", "PK\3\4", "http");
        }
    }

    @ParameterizedTest
    @MethodSource("others")
    void nothing_else_makes_it_throw(Sample sample) throws Exception {
        assertThat(renderer.render(sample.file())).isNotNull();
    }

    @Test
    void all_eight_orientations_of_a_scene_look_alike() throws Exception {
        List<Path> scene = SamplePhotos.photos().stream()
                .map(Sample::file)
                .filter(file -> file.getFileName().toString().startsWith("orient-"))
                .toList();
        BufferedImage upright = thumbnail(scene.get(0));

        assertThat(scene).hasSize(8);
        for (Path file : scene) {
            assertThat(meanDifference(upright, thumbnail(file))).as("%s", file).isLessThan(12);
        }
    }

    private BufferedImage thumbnail(Path file) throws Exception {
        Rendered rendered = (Rendered) renderer.render(file);
        return ImageIO.read(new ByteArrayInputStream(rendered.pictures().get(Rendition.THUMBNAIL)));
    }

    private static double meanDifference(BufferedImage one, BufferedImage other) {
        long sum = 0;
        int side = one.getWidth();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                sum += Math.abs((one.getRGB(x, y) >> 8 & 0xFF) - (other.getRGB(x, y) >> 8 & 0xFF));
            }
        }
        return (double) sum / (side * side);
    }
}
