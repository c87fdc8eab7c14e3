package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.api.ApiExtension.Account;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Serving renditions. */
class PhotosIT {

    @RegisterExtension
    static final ApiExtension API = new ApiExtension();

    private static final String KEY = "0001/0123456789abcdef0123456789abcdef";

    private final ApiClient client = API.client();

    @Test
    void a_rendition_is_served_for_ever_as_a_jpeg() {
        byte[] photo = Photos.jpeg(612, 612);
        API.s3()
                .client()
                .putObject(
                        request -> request.bucket(API.s3().bucket()).key("photos/" + KEY + "_7.jpg"),
                        RequestBody.fromBytes(photo));
        Answer answer = client.get("/photos/" + KEY + "_7.jpg");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body()).isEqualTo(photo);
        assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        Answer head = client.call("HEAD", "/photos/" + KEY + "_7.jpg");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(photo.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/photos/" + KEY + "_5.jpg",
                "/photos/" + KEY,
                "/photos/" + KEY + "_8.jpg",
                "/photos/" + KEY + "_7.jpg.json",
                "/photos/../originals/" + KEY,
                "/photos/originals/" + KEY,
                "/photos/",
                "/photos/a"
            })
    void nothing_else_is_served(String path) {
        API.s3()
                .client()
                .putObject(
                        request -> request.bucket(API.s3().bucket()).key("originals/" + KEY),
                        RequestBody.fromString("secret"));
        Answer answer = client.get(path);
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void a_missing_rendition_is_a_plain_404_that_no_cache_keeps() {
        Answer answer = client.get("/photos/" + KEY + "_6.jpg");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void who_has_no_picture_has_a_square_of_150_pixels() throws IOException {
        Account ana = API.account();
        String url = client.get("/v1/users/self?" + ana.auth())
                .data()
                .path("profile_picture")
                .asText();
        Answer answer = client.get(url.replace(client.origin(), ""));
        assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(ImageIO.read(new ByteArrayInputStream(answer.response().body()))
                        .getWidth())
                .isEqualTo(150);
    }
}
