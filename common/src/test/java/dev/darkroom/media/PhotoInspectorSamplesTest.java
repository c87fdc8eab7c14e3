package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.media.PhotoInspection.Accepted;
import dev.darkroom.media.PhotoInspection.Refused;
import dev.darkroom.media.SamplePhotos.Sample;
import dev.darkroom.media.format.Coordinates;
import dev.darkroom.media.format.Orientation;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The inspector against photos of real cameras and against hostile uploads. */
@EnabledIf("samplesAreHere")
class PhotoInspectorSamplesTest {

    private final PhotoInspector inspector = new PhotoInspector(PhotoLimits.DEFAULT);

    static boolean samplesAreHere() {
        return !SamplePhotos.photos().isEmpty() && !SamplePhotos.badUploads().isEmpty();
    }

    static Stream<Sample> photos() {
        return SamplePhotos.photos().stream().filter(sample -> !isHeic(sample));
    }

    static Stream<Sample> heicPhotos() {
        return SamplePhotos.photos().stream().filter(PhotoInspectorSamplesTest::isHeic);
    }

    static Stream<Sample> uploadsToRefuse() {
        return badUploads("reject", "reject-or-flag");
    }

    static Stream<Sample> oddUploadsToAccept() {
        return badUploads("accept", "accept-sanitised");
    }

    @ParameterizedTest
    @MethodSource("photos")
    void a_photo_is_taken_with_its_true_size_orientation_and_place(Sample photo) throws IOException {
        Accepted accepted = (Accepted) inspector.inspect(photo.file());

        String[] format = photo.get("format").split(" ");
        assertThat(accepted.type().name()).isIn((Object[]) format);
        assertThat(accepted.width()).isEqualTo(Integer.parseInt(photo.get("width")));
        assertThat(accepted.height()).isEqualTo(Integer.parseInt(photo.get("height")));
        assertThat(accepted.orientation()).isEqualTo(orientation(photo));
        assertPlace(accepted.taken(), photo);
    }

    @ParameterizedTest
    @MethodSource("heicPhotos")
    void heic_is_refused_by_name(Sample photo) throws IOException {
        assertThat(((Refused) inspector.inspect(photo.file())).reason()).contains("HEIC", "JPEG");
    }

    @ParameterizedTest
    @MethodSource("heicPhotos")
    void heic_is_taken_with_its_size_where_it_can_be_decoded(Sample photo) throws IOException {
        Accepted accepted = (Accepted) new PhotoInspector(PhotoLimits.DEFAULT, true).inspect(photo.file());

        // Its own turn is the decoder's to apply, so the size is that of the upright picture.
        boolean sideways = photo.get("orientation").equals("6");
        assertThat(accepted.width()).isEqualTo(Integer.parseInt(photo.get(sideways ? "height" : "width")));
        assertThat(accepted.height()).isEqualTo(Integer.parseInt(photo.get(sideways ? "width" : "height")));
        assertThat(accepted.orientation()).isEqualTo(Orientation.UPRIGHT);
    }

    @ParameterizedTest
    @MethodSource("uploadsToRefuse")
    void a_hostile_upload_is_refused_with_a_reason(Sample upload) throws IOException {
        assertThat(inspector.inspect(upload.file())).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @MethodSource("oddUploadsToAccept")
    void an_odd_upload_is_taken_for_what_it_holds(Sample upload) throws IOException {
        Accepted accepted = (Accepted) inspector.inspect(upload.file());

        assertThat(upload.get("true_type")).startsWith(accepted.type().name().toLowerCase(Locale.ROOT));
        assertThat(accepted.taken()).isNull();
        boolean noted = upload.get("why").contains("Orientation=6");
        assertThat(accepted.orientation()).isEqualTo(noted ? Orientation.TURNED_LEFT : Orientation.UPRIGHT);
    }

    private static void assertPlace(Coordinates taken, Sample photo) {
        if (photo.get("has_gps").equals("yes")) {
            assertThat(taken.latitude()).isCloseTo(Double.parseDouble(photo.get("lat")), within(1e-5));
            assertThat(taken.longitude()).isCloseTo(Double.parseDouble(photo.get("lon")), within(1e-5));
        } else {
            assertThat(taken).isNull();
        }
    }

    private static Orientation orientation(Sample photo) {
        String number = photo.get("orientation");
        return Orientation.ofExif(number.isEmpty() ? 1 : Integer.parseInt(number));
    }

    private static boolean isHeic(Sample sample) {
        return sample.file().toString().endsWith(".heic");
    }

    private static Stream<Sample> badUploads(String... expected) {
        return SamplePhotos.badUploads().stream()
                .filter(sample -> Stream.of(expected).anyMatch(sample.get("expect")::equals));
    }
}
