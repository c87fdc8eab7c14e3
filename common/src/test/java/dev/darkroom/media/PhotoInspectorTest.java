package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.media.PhotoInspection.Accepted;
import dev.darkroom.media.PhotoInspection.Refused;
import dev.darkroom.media.format.Orientation;
import dev.darkroom.media.format.PhotoType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoInspectorTest {

    private final PhotoInspector inspector = new PhotoInspector(PhotoLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource({"jpeg, JPEG", "png, PNG", "gif, GIF"})
    void type_and_size_come_from_the_content(String format, PhotoType type) throws IOException {
        Accepted accepted = accepted(photo(format));

        assertThat(accepted.type()).isEqualTo(type);
        assertThat(accepted.width()).isEqualTo(40);
        assertThat(accepted.height()).isEqualTo(30);
        assertThat(accepted.orientation()).isEqualTo(Orientation.UPRIGHT);
        assertThat(accepted.taken()).isNull();
    }

    @Test
    void a_file_is_read_like_bytes(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("named.png"), photo("jpeg"));

        assertThat(inspector.inspect(file)).isEqualTo(inspector.inspect(photo("jpeg")));
    }

    @ParameterizedTest
    @CsvSource({"1, 40, 30", "3, 40, 30", "6, 30, 40", "8, 30, 40", "99, 40, 30"})
    void the_upright_size_follows_the_orientation(int number, int width, int height) throws IOException {
        Accepted accepted = accepted(withExif(photo("jpeg"), orientation(number)));

        assertThat(accepted.orientation()).isEqualTo(Orientation.ofExif(number));
        assertThat(accepted.uprightWidth()).isEqualTo(width);
        assertThat(accepted.uprightHeight()).isEqualTo(height);
    }

    @Test
    void damaged_exif_refuses_nothing() throws IOException {
        byte[] endless = orientation(6);
        ByteBuffer.wrap(endless).putInt(28, 8);
        byte[] noise = "MM\0*\377\377\377\377".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(accepted(withExif(photo("jpeg"), endless)).orientation()).isEqualTo(Orientation.TURNED_LEFT);
        assertThat(accepted(withExif(photo("jpeg"), noise)).orientation()).isEqualTo(Orientation.UPRIGHT);
    }

    @ParameterizedTest
    @CsvSource({
        "'....ftypheic', HEIC",
        "'....ftypavif', AVIF",
        "'....ftypisom', Videos",
        "'<svg onload=x>', web page",
        "' <!DOCTYPE html>', web page",
        "'MZ', known format"
    })
    void what_is_no_photo_of_ours_is_refused_by_name(String start, String reason) throws IOException {
        assertThat(refusal(start.getBytes(StandardCharsets.ISO_8859_1))).contains(reason);
    }

    @Test
    void an_empty_file_is_refused() throws IOException {
        assertThat(refusal(new byte[0])).contains("empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png"})
    void a_photo_that_was_cut_anywhere_is_refused(String format) throws IOException {
        byte[] photo = photo(format);
        for (int length = 1; length < photo.length; length++) {
            assertThat(inspector.inspect(Arrays.copyOf(photo, length)))
                    .as("%d bytes of %d", length, photo.length)
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void no_damage_makes_it_throw() throws IOException {
        for (String format : new String[] {"jpeg", "png", "gif"}) {
            byte[] photo = format.equals("jpeg") ? withExif(photo(format), orientation(6)) : photo(format);
            for (int at = 0; at < photo.length; at++) {
                byte[] damaged = photo.clone();
                damaged[at] ^= (byte) 0xFF;
                assertThat(inspector.inspect(damaged)).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"30001, 1, 30000", "30000, 30000, 50.0 megapixels", "0, 10, no pixels"})
    void a_png_that_claims_too_much_or_nothing_is_refused(int width, int height, String reason) throws IOException {
        byte[] bomb = photo("png");
        ByteBuffer header = ByteBuffer.wrap(bomb).putInt(16, width).putInt(20, height);
        CRC32 checksum = new CRC32();
        checksum.update(bomb, 12, 17);
        header.putInt(29, (int) checksum.getValue());

        assertThat(refusal(bomb)).contains(reason);
    }

    @Test
    void a_webp_picture_may_not_be_larger_than_its_canvas() throws IOException {
        assertThat(accepted(webp(100, 80, 100, 80)).width()).isEqualTo(100);
        assertThat(refusal(webp(100, 80, 16_000, 16_000))).contains("damaged");
    }

    @Test
    void a_file_with_too_many_bytes_is_refused_unread() throws IOException {
        PhotoInspector strict = new PhotoInspector(new PhotoLimits(10, 1, 1, 1, 1, Duration.ofSeconds(1)));

        assertThat(((Refused) strict.inspect(photo("jpeg"))).reason()).contains("at most 10");
    }

    @Test
    void a_jpeg_of_very_many_scans_is_refused() throws IOException {
        byte[] plain = photo("jpeg");
        int scan = new String(plain, StandardCharsets.ISO_8859_1).indexOf("\377\332");
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(plain, 0, scan);
        for (int i = 0; i < 100; i++) {
            bomb.write(plain, scan, plain.length - 2 - scan);
        }
        bomb.write(plain, plain.length - 2, 2);

        assertThat(refusal(bomb.toByteArray())).contains("layers");
    }

    @ParameterizedTest
    @CsvSource({"0, 4032, 3024", "1, 3024, 4032", "2, 4032, 3024"})
    void a_heic_has_the_size_of_its_largest_picture_upright(int turns, int width, int height) throws IOException {
        Accepted accepted = (Accepted) heicInspector().inspect(heic(4032, 3024, turns));

        assertThat(accepted.type()).isEqualTo(PhotoType.HEIC);
        assertThat(accepted.width()).isEqualTo(width);
        assertThat(accepted.height()).isEqualTo(height);
    }

    @Test
    void a_hostile_heic_is_refused() throws IOException {
        assertThat(refusal(heic(40, 30, 0))).contains("HEIC", "JPEG");
        assertThat(heicInspector().inspect(heic(29_000, 29_000, 0))).isInstanceOf(Refused.class);
        assertThat(heicInspector().inspect(heic(-1, 30, 0))).isInstanceOf(Refused.class);
        byte[] whole = heic(40, 30, 0);
        for (int at = 0; at < whole.length; at++) {
            assertThat(heicInspector().inspect(Arrays.copyOf(whole, at))).isInstanceOf(Refused.class);
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) 0xFF;
            assertThat(heicInspector().inspect(damaged)).isNotNull();
        }
    }

    private static PhotoInspector heicInspector() {
        return new PhotoInspector(PhotoLimits.DEFAULT, true);
    }

    /** The boxes of a HEIC without its picture: a tile of 512 pixels and the whole. */
    private static byte[] heic(int width, int height, int turns) {
        byte[] properties =
                box("ipco", join(size(512, 512), size(width, height), box("irot", new byte[] {(byte) turns})));
        return join(
                box("ftyp", "heic....mif1heic".getBytes(StandardCharsets.US_ASCII)),
                box("meta", join(new byte[4], box("iprp", properties))));
    }

    private static byte[] size(int width, int height) {
        return box(
                "ispe",
                ByteBuffer.allocate(12).putInt(0).putInt(width).putInt(height).array());
    }

    private static byte[] box(String name, byte[] content) {
        return ByteBuffer.allocate(8 + content.length)
                .putInt(8 + content.length)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    private Accepted accepted(byte[] upload) throws IOException {
        return (Accepted) inspector.inspect(upload);
    }

    private String refusal(byte[] upload) throws IOException {
        return ((Refused) inspector.inspect(upload)).reason();
    }

    private static byte[] photo(String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), format, bytes);
        return bytes.toByteArray();
    }

    /** A TIFF block with the one tag. */
    private static byte[] orientation(int number) {
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

    private static byte[] withExif(byte[] jpeg, byte[] exif) {
        return ByteBuffer.allocate(jpeg.length + 4 + exif.length)
                .put(jpeg, 0, 2)
                .putShort((short) 0xFFE1)
                .putShort((short) (exif.length + 2))
                .put(exif)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** An extended WebP with a lossy picture, as far as headers go. */
    private static byte[] webp(int canvasWidth, int canvasHeight, int width, int height) {
        return ByteBuffer.allocate(48)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(40)
                .put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII))
                .putInt(10)
                .putInt(0)
                .putInt(canvasWidth - 1)
                .position(27)
                .putShort((short) (canvasHeight - 1))
                .position(30)
                .put("VP8 ".getBytes(StandardCharsets.US_ASCII))
                .putInt(10)
                .put(new byte[] {0, 0, 0, (byte) 0x9D, 1, 0x2A})
                .putShort((short) width)
                .putShort((short) height)
                .array();
    }
}
