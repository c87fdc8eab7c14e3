package dev.darkroom.workers.media.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.metadata.Directory;
import dev.darkroom.media.PhotoLimits;
import dev.darkroom.media.format.Orientation;
import dev.darkroom.workers.media.picture.RenderResult.Rendered;
import dev.darkroom.workers.media.picture.RenderResult.Unrenderable;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that mean harm or are broken: each ends in a picture or in a reason, and nothing of the file but pixels gets out. */
class HostilePhotosTest {

    private static final int CUTS = 50;

    private final Renderer renderer = new Renderer(PhotoLimits.DEFAULT);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "progressive", "png", "gif"})
    void a_photo_cut_anywhere_ends_in_a_picture_or_a_reason(String kind) throws Exception {
        byte[] whole = photo(kind);
        for (int cut = 1; cut < CUTS; cut++) {
            RenderResult result = render(Arrays.copyOf(whole, whole.length * cut / CUTS));
            if (!kind.equals("gif")) {
                assertThat(result).as("cut at %d of %d", cut, CUTS).isInstanceOf(Unrenderable.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "progressive", "png", "gif"})
    void flipped_bits_end_in_a_picture_or_a_reason(String kind) throws Exception {
        byte[] whole = photo(kind);
        Random random = new Random(7);
        for (int round = 0; round < 40; round++) {
            byte[] flipped = whole.clone();
            for (int flip = 0; flip < 3; flip++) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertThat(render(flipped)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PK\3\4", "%PDF-1.4\n", "<html>", "<?php ", "MZ", "BM", "II*\0", "MM\0*", "#!/bin/sh\n", "8BPS"})
    void what_begins_like_something_else_is_refused(String start) throws Exception {
        byte[] photo = photo("jpeg");
        byte[] prefixed = ByteBuffer.allocate(start.length() + photo.length)
                .put(start.getBytes(StandardCharsets.ISO_8859_1))
                .put(photo)
                .array();

        assertThat(render(prefixed)).isInstanceOf(Unrenderable.class);
    }

    @Test
    void what_hides_behind_or_inside_a_photo_does_not_get_out() throws Exception {
        byte[] photo = photo("jpeg");
        byte[] tail = "PK\3\4<script>alert(1)</script>".getBytes(StandardCharsets.ISO_8859_1);
        byte[] polyglot = ByteBuffer.allocate(photo.length + tail.length)
                .put(photo)
                .put(tail)
                .array();
        byte[] text = Pictures.png(
                Pictures.plain(300, 300, 7), "tEXt", "Comment\0<script>".getBytes(StandardCharsets.ISO_8859_1));

        for (byte[] upload : List.of(polyglot, text)) {
            for (byte[] jpeg : ((Rendered) render(upload)).pictures().values()) {
                assertThat(new String(jpeg, StandardCharsets.ISO_8859_1)).doesNotContain("PK\3\4", "script");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zTXt", "iTXt", "eXIf", "xxXx"})
    void chunks_that_unpack_without_end_cost_nothing(String name) throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write((name.equals("iTXt") ? "k\0\1\0\0\0" : "k\0\0").getBytes(StandardCharsets.ISO_8859_1));
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(bomb)) {
            deflated.write(new byte[30 << 20]);
        }

        assertThat(render(Pictures.png(Pictures.plain(300, 300, 7), name, bomb.toByteArray())))
                .isInstanceOf(Rendered.class);
    }

    @Test
    void no_metadata_is_served() throws Exception {
        BufferedImage picture = TestPictures.quarters(700, 700, BufferedImage.TYPE_INT_RGB);
        ICC_Profile profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
        for (Path photo : List.of(
                TestPictures.writeJpeg(folder, picture, Orientation.TURNED_LEFT),
                TestPictures.writeJpeg(folder, picture, profile),
                Pictures.writePng(folder, picture, profile))) {
            for (byte[] jpeg : ((Rendered) renderer.render(photo)).pictures().values()) {
                assertThat(JpegMetadataReader.readMetadata(new ByteArrayInputStream(jpeg))
                                .getDirectories())
                        .extracting(Directory::getName)
                        .isSubsetOf("JPEG", "JFIF", "Huffman");
            }
        }
    }

    private RenderResult render(byte[] upload) throws Exception {
        return renderer.render(Files.write(folder.resolve("upload"), upload));
    }

    private byte[] photo(String kind) throws Exception {
        BufferedImage picture = TestPictures.quarters(160, 120, BufferedImage.TYPE_INT_RGB);
        return Files.readAllBytes(
                switch (kind) {
                    case "jpeg" -> TestPictures.writeJpeg(folder, picture, false);
                    case "progressive" -> TestPictures.writeJpeg(folder, picture, true);
                    default -> TestPictures.write(folder, picture, kind);
                });
    }
}
