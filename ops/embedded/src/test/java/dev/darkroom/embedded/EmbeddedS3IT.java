package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class EmbeddedS3IT {

    private static final S3Credentials KEYS = new S3Credentials("ACCESS", "secret-of-the-test");
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    @Test
    void keeps_objects_and_their_content_type_over_a_restart() {
        try (EmbeddedS3 s3 = start();
                S3Client client = client(s3.endpoint(), KEYS)) {
            client.putObject(
                    request -> request.bucket("photos").key("a/1.jpg").contentType("image/jpeg"),
                    RequestBody.fromString("photo"));
        }
        try (EmbeddedS3 s3 = start();
                S3Client client = client(s3.endpoint(), KEYS)) {
            var object =
                    client.getObjectAsBytes(request -> request.bucket("photos").key("a/1.jpg"));
            assertThat(object.asUtf8String()).isEqualTo("photo");
            assertThat(object.response().contentType()).isEqualTo("image/jpeg");
        }
    }

    @Test
    void refuses_a_wrong_secret_and_an_unknown_key() {
        try (EmbeddedS3 s3 = start()) {
            assertForbidden(s3, new S3Credentials(KEYS.accessKey(), "guessed"));
            assertForbidden(s3, new S3Credentials("SOMEBODY", KEYS.secretKey()));
        }
    }

    @Test
    void refuses_the_anonymous_whatever_is_there() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        try (EmbeddedS3 s3 = start();
                S3Client client = client(s3.endpoint(), KEYS)) {
            client.putObject(request -> request.bucket("photos").key("1.jpg"), RequestBody.fromString("photo"));
            client.createBucket(request -> request.bucket("later"));
            client.putObject(request -> request.bucket("later").key("1.jpg"), RequestBody.fromString("photo"));
            softly.assertThat(anonymousStatus(s3, "/photos/1.jpg"))
                    .as("/photos/1.jpg")
                    .isEqualTo(403);
            softly.assertThat(anonymousStatus(s3, "/later/1.jpg"))
                    .as("/later/1.jpg")
                    .isEqualTo(403);
            softly.assertThat(anonymousStatus(s3, "/photos/2.jpg"))
                    .as("/photos/2.jpg")
                    .isEqualTo(403);
            softly.assertThat(anonymousStatus(s3, "/photos")).as("/photos").isEqualTo(403);
            softly.assertThat(anonymousStatus(s3, "/later")).as("/later").isEqualTo(403);
            softly.assertThat(anonymousStatus(s3, "/")).as("/").isEqualTo(403);
        }
        softly.assertAll();
    }

    @Test
    void says_that_a_port_is_in_use_and_that_a_bucket_has_no_valid_name() {
        try (EmbeddedS3 s3 = start()) {
            assertThatThrownBy(() -> EmbeddedS3.start(folder, s3.port(), KEYS, List.of()))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("Port " + s3.port());
        }
        assertThatThrownBy(() -> EmbeddedS3.start(folder, 0, KEYS, List.of("../photos")))
                .hasMessageContaining("no bucket name");
    }

    @Test
    void credentials_print_without_the_secret() {
        assertThat(KEYS.toString()).contains("ACCESS").doesNotContain("secret-of-the-test");
    }

    @Test
    void as_a_process_it_says_its_port_and_stops_on_sigterm() throws Exception {
        GuardedProcess process = startProcess(Map.of(S3Main.SECRET_VARIABLE, KEYS.secretKey()));
        String ready = process.awaitLogLine(line -> line.startsWith("ready port "), PATIENCE)
                .orElseThrow();
        URI endpoint = URI.create("http://127.0.0.1:" + ready.substring("ready port ".length()));
        try (S3Client client = client(endpoint, KEYS)) {
            client.putObject(request -> request.bucket("photos").key("1.jpg"), RequestBody.fromString("photo"));
        }
        assertThat(process.terminate(PATIENCE)).isTrue();
        assertThat(process.onExit().get()).isEqualTo(143);
        assertThat(folder.resolve("s3/photos/1.jpg")).hasContent("photo");
        assertThat(process.logTail(10)).containsExactly(ready);
    }

    @Test
    void as_a_process_it_asks_for_the_secret_and_ends_with_its_input() throws Exception {
        GuardedProcess nameless = startProcess(Map.of());
        assertThat(nameless.onExit().get(15, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(nameless.logTail(1)).containsExactly("Set DARKROOM_S3_SECRET_KEY to the secret key.");

        ProcessBuilder builder = new ProcessBuilder(command());
        builder.environment().put(S3Main.SECRET_VARIABLE, KEYS.secretKey());
        Process process = builder.start();
        assertThat(process.inputReader().readLine()).startsWith("ready port ");
        process.getOutputStream().close();
        assertThat(process.onExit().get(15, TimeUnit.SECONDS).exitValue()).isZero();
    }

    private GuardedProcess startProcess(Map<String, String> environment) {
        return GuardedProcess.start(command(), environment, folder.resolve("s3.log"));
    }

    private List<String> command() {
        return ChildJvm.command(
                S3Main.class,
                "--folder",
                folder.resolve("s3"),
                "--access-key",
                KEYS.accessKey(),
                "--bucket",
                "photos",
                "--exit-on-stdin-end");
    }

    private EmbeddedS3 start() {
        return EmbeddedS3.start(folder.resolve("s3"), 0, KEYS, List.of("photos"));
    }

    private static int anonymousStatus(EmbeddedS3 s3, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(s3.endpoint().resolve(path)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static void assertForbidden(EmbeddedS3 s3, S3Credentials keys) {
        try (S3Client client = client(s3.endpoint(), keys)) {
            assertThatThrownBy(() -> client.listObjectsV2(request -> request.bucket("photos")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            refused -> assertThat(refused.statusCode()).isEqualTo(403));
        }
    }

    private static S3Client client(URI endpoint, S3Credentials keys) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(keys.accessKey(), keys.secretKey())))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
