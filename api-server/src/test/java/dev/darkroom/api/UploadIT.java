package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.api.ApiExtension.Account;
import io.dropwizard.testing.ConfigOverride;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Posting photos, and what is not one. No test may leave a file behind. */
class UploadIT {

    @RegisterExtension
    static final ApiExtension API = new ApiExtension(ConfigOverride.config("limits.largestPhoto", "300KiB"));

    private static final byte[] PHOTO = Photos.jpeg(90, 60);

    private Account ana;
    private ApiClient client;

    @BeforeEach
    void sign_up() {
        ana = API.account();
        client = API.client();
    }

    @AfterEach
    void no_temporary_file_stays() throws IOException {
        try (Stream<Path> files = Files.list(API.uploads())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void a_photo_is_there_for_its_owner_at_once() {
        Answer posted = post(new Multipart()
                .field("caption", "Am #Köln-Dom, #日本 und #köln 😀 \"<b>\"")
                .field("filter", "X-Pro II")
                .field("lat", "50.941300")
                .field("lng", "-6.95")
                .photo(PHOTO));
        assertThat(posted.status()).isEqualTo(200);
        JsonNode media = posted.data();
        assertThat(media.path("id").asText()).matches("[0-9]+_" + ana.id());
        assertThat(media.path("caption").path("text").asText()).isEqualTo("Am #Köln-Dom, #日本 und #köln 😀 \"<b>\"");
        assertThat(media.path("tags").toString()).isEqualTo("[\"köln\",\"日本\"]");
        assertThat(media.path("filter").asText()).isEqualTo("X-Pro II");
        assertThat(media.path("location").path("latitude").asDouble()).isEqualTo(50.9413);
        assertThat(media.path("location").path("longitude").asDouble()).isEqualTo(-6.95);
        Answer read = client.get("/v1/media/" + media.path("id").asText() + "?" + ana.auth());
        assertThat(read.data()).isEqualTo(media);
    }

    @Test
    void all_keys_are_there_even_when_empty() {
        JsonNode media = post(new Multipart().photo(PHOTO)).data();
        assertThat(media.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "id",
                        "type",
                        "user",
                        "created_time",
                        "link",
                        "filter",
                        "tags",
                        "caption",
                        "comments",
                        "likes",
                        "images",
                        "location",
                        "users_in_photo",
                        "user_has_liked");
        assertThat(media.path("caption").isNull()).isTrue();
        assertThat(media.path("created_time").isTextual()).isTrue();
        assertThat(media.path("comments").toString()).isEqualTo("{\"count\":0,\"data\":[]}");
        assertThat(media.path("images").path("thumbnail").fieldNames())
                .toIterable()
                .containsExactly("url", "width", "height");
        assertThat(media.path("images")
                        .path("standard_resolution")
                        .path("width")
                        .asInt())
                .isEqualTo(612);
    }

    @Test
    void the_original_lies_in_the_photo_store_as_it_was_sent() {
        String url = post(new Multipart().photo(PHOTO))
                .data()
                .path("images")
                .path("thumbnail")
                .path("url")
                .asText();
        String key = url.replaceFirst(".*/photos/", "originals/").replaceFirst("_5\\.jpg$", "");
        assertThat(API.s3()
                        .client()
                        .getObjectAsBytes(
                                request -> request.bucket(API.s3().bucket()).key(key))
                        .asByteArray())
                .isEqualTo(PHOTO);
    }

    static Stream<byte[]> what_is_no_photo() {
        byte[] truncated = Arrays.copyOf(PHOTO, 20);
        return Stream.of(
                new byte[0],
                "just text".getBytes(StandardCharsets.UTF_8),
                "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>".getBytes(StandardCharsets.UTF_8),
                "<!DOCTYPE html><script>1</script>".getBytes(StandardCharsets.UTF_8),
                truncated,
                Photos.pngClaiming(30_000, 30_000),
                Photos.pngClaiming(0, 10),
                Photos.pngClaiming(-1, -1),
                new byte[200_000]);
    }

    @ParameterizedTest
    @MethodSource
    void what_is_no_photo(byte[] content) {
        Answer answer = post(new Multipart().photo(content));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorType()).isEqualTo("APIInvalidParametersError");
        assertThat(answer.errorMessage()).isNotEmpty().doesNotContain("Exception", "/tmp");
        assertThat(client.get("/v1/users/self?" + ana.auth())
                        .data()
                        .path("counts")
                        .path("media")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../../etc/passwd",
                "..\\\\..\\\\x.jpg",
                "/etc/passwd",
                "a.php",
                "a.jpg; rm -rf /",
                "日本.jpg",
                "CON",
                ".htaccess",
                "",
                " ",
                "%2e%2e%2f",
                "x'; DROP TABLE media; --",
                "<script>",
                "${jndi:ldap://x}"
            })
    void the_file_name_does_not_matter(String name) {
        assertThat(post(new Multipart().file("photo", name, PHOTO)).status()).isEqualTo(200);
    }

    @Test
    void a_file_name_that_no_header_may_hold_is_refused() {
        for (String name : new String[] {"x".repeat(60_000), "\u0001\u0002", "a\rb"}) {
            Answer answer = post(new Multipart().file("photo", name, PHOTO));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.errorType()).isEqualTo("APIInvalidParametersError");
        }
    }

    @Test
    void a_missing_photo_is_said_to_be() {
        assertThat(post(new Multipart().field("caption", "x")).errorMessage()).startsWith("Missing photo");
        assertThat(post(new Multipart().field("photo", "not a file")).errorMessage())
                .startsWith("Missing photo");
        assertThat(client.post("/v1/media", ana.auth()).errorMessage()).startsWith("Missing photo");
    }

    @Test
    void the_limits_are_named() {
        assertThat(post(new Multipart().photo(new byte[400_000])).errorMessage())
                .contains("307200");
        assertThat(post(new Multipart().photo(new byte[2_000_000])).errorMessage())
                .contains(Integer.toString(307_200 + 262_144));
        Multipart many = new Multipart();
        IntStream.range(0, 40).forEach(i -> many.field("f" + i, "x"));
        assertThat(post(many.photo(PHOTO)).errorMessage()).contains("32 parts");
        assertThat(post(new Multipart().field("caption", "x".repeat(100_000)).photo(PHOTO))
                        .errorMessage())
                .contains("65536");
        assertThat(post(new Multipart().field("caption", "x".repeat(2_201)).photo(PHOTO))
                        .errorMessage())
                .contains("2200");
        assertThat(post(new Multipart().field("caption", "😀".repeat(2_200)).photo(PHOTO))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"91,0", "0,181", "1,", ",1", "x,1", "NaN,NaN", "1e2,1", "0x1,1", "1;1,1"})
    void coordinates_are_decimal_degrees_and_go_together(String lat, String lng) {
        Multipart body = new Multipart();
        if (lat != null) {
            body.field("lat", lat);
        }
        if (lng != null) {
            body.field("lng", lng);
        }
        assertThat(post(body.photo(PHOTO)).errorType()).isEqualTo("APIInvalidParametersError");
    }

    @Test
    void text_that_cannot_be_stored_is_refused() {
        byte[] latin = {(byte) 'a', (byte) 0xe9};
        assertThat(post(new Multipart()
                                .part("form-data; name=\"caption\"", latin)
                                .photo(PHOTO))
                        .errorMessage())
                .contains("UTF-8");
        assertThat(post(new Multipart().field("caption", "a\0b").photo(PHOTO)).errorMessage())
                .contains("zero byte");
        assertThat(post(new Multipart().field("location_id", "5").photo(PHOTO)).errorMessage())
                .contains("location_id");
    }

    @Test
    void a_body_that_ends_early_is_refused() {
        byte[] whole = new Multipart().photo(PHOTO).whole();
        Answer answer = client.send(client.request("/v1/media?" + ana.auth())
                .header("Content-Type", new Multipart().contentType())
                .POST(BodyPublishers.ofByteArray(whole, 0, whole.length - 300)));
        assertThat(answer.errorType()).isEqualTo("APIInvalidParametersError");
        assertThat(answer.errorMessage()).contains("ended early");
    }

    @Test
    void a_repetition_with_the_same_key_posts_nothing_new() {
        Answer first = post(new Multipart().field("idempotency_key", "k-1").photo(PHOTO));
        Answer second = post(new Multipart().field("idempotency_key", "k-1").photo(Photos.jpeg(50, 50)));
        Answer byHeader =
                client.post("/v1/media?" + ana.auth(), new Multipart().photo(PHOTO), "Idempotency-Key", "k-1");
        assertThat(second.data()).isEqualTo(first.data());
        assertThat(byHeader.data()).isEqualTo(first.data());
        assertThat(post(new Multipart().field("idempotency_key", "k-2").photo(PHOTO))
                        .data())
                .isNotEqualTo(first.data());
        Account bob = API.account();
        assertThat(client.post(
                                "/v1/media?" + bob.auth(),
                                new Multipart().field("idempotency_key", "k-1").photo(PHOTO))
                        .data())
                .isNotEqualTo(first.data());
        assertThat(post(new Multipart().field("idempotency_key", "a b").photo(PHOTO))
                        .errorType())
                .isEqualTo("APIInvalidParametersError");
    }

    @Test
    void simultaneous_repetitions_give_one_media() {
        List<CompletableFuture<String>> posts = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> post(new Multipart()
                                .field("idempotency_key", "race")
                                .photo(PHOTO))
                        .data()
                        .path("id")
                        .asText()))
                .toList();
        assertThat(posts.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(client.get("/v1/users/self?" + ana.auth())
                        .data()
                        .path("counts")
                        .path("media")
                        .asInt())
                .isOne();
    }

    private Answer post(Multipart body) {
        return client.post("/v1/media?" + ana.auth(), body);
    }
}
