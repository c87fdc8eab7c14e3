package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.darkroom.api.ApiExtension.Account;
import dev.darkroom.config.PartsConfiguration;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What clients and balancers are told while a part is away. */
class OutageIT {

    @RegisterExtension
    static final ApiExtension API = new ApiExtension();

    private static final URI NOTHING_THERE = URI.create("http://127.0.0.1:1");

    @TempDir
    private Path folder;

    private DropwizardTestSupport<ApiConfiguration> server;

    @AfterEach
    void stop() {
        server.after();
    }

    @Test
    void without_databases_every_call_is_a_503_and_the_process_unhealthy() throws Exception {
        String nowhere = "jdbc:postgresql://127.0.0.1:1/";
        ApiClient client = start(
                TestParts.write(
                        folder, nowhere + "directory", nowhere + "one", nowhere + "two", 1, NOTHING_THERE, "no-bucket"),
                folder);
        Answer answer = client.get("/v1/users/1?client_id=" + ApiExtension.CLIENT);
        assertUnavailable(answer);
        assertThat(client.get("/v1/users/1?access_token=1.a.b").status()).isEqualTo(503);
        Answer login = client.post("/oauth/access_token", "grant_type=password&client_id=a&client_secret=b");
        assertThat(login.status()).isEqualTo(503);
        assertThat(login.json().path("code").asInt()).isEqualTo(503);
        Answer health = new ApiClient(server.getAdminPort()).get("/healthcheck");
        assertThat(health.status()).isEqualTo(500);
        assertThat(health.json().path("directory").path("healthy").asBoolean()).isFalse();
    }

    @Test
    void without_the_photo_store_nothing_is_posted_and_the_rest_goes_on() throws Exception {
        Account ana = API.account();
        ApiClient client = start(parts(API.redisPort(), NOTHING_THERE), folder);
        assertUnavailable(client.post("/v1/media?" + ana.auth(), new Multipart().photo(Photos.jpeg(40, 40))));
        assertThat(client.get("/v1/users/self?" + ana.auth())
                        .data()
                        .path("counts")
                        .path("media")
                        .asInt())
                .isZero();
        assertUnavailable(client.get("/photos/0001/0123456789abcdef0123456789abcdef_7.jpg"));
        assertDegraded("s3");
    }

    @Test
    void what_is_logged_of_a_request_names_its_trace() throws Exception {
        ApiClient client = start(parts(API.redisPort(), NOTHING_THERE), folder);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.darkroom.api.error");
        log.start();
        logger.addAppender(log);
        try {
            String photo = "/photos/0001/0123456789abcdef0123456789abcdef_7.jpg";
            client.send(client.request(photo)
                    .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
            client.get(photo);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(event -> event.getMDCPropertyMap().get("trace"))
                .containsExactly("4bf92f3577b34da6a3ce929d0e0e4736", null);
    }

    @Test
    void without_redis_feeds_come_from_the_databases() throws Exception {
        Account ana = API.account();
        Account fan = API.account();
        assertThat(API.client()
                        .post("/v1/users/" + ana.id() + "/relationship", "action=follow&" + fan.auth())
                        .status())
                .isEqualTo(200);
        String media = API.post(ana);
        API.ready(media);
        ApiClient client = start(parts(1, API.s3().endpoint()), folder);
        assertThat(client.get("/v1/users/self/feed?" + fan.auth()).ids()).containsExactly(media);
        assertDegraded("redis-127.0.0.1:1");
    }

    @Test
    void an_upload_that_cannot_be_written_is_a_503_that_names_no_path() throws Exception {
        Account ana = API.account();
        ApiClient client = start(parts(API.redisPort(), API.s3().endpoint()), folder);
        Path uploads = folder.resolve("uploads");
        Files.delete(uploads);
        Files.createFile(uploads);
        Answer answer = client.post("/v1/media?" + ana.auth(), new Multipart().photo(new byte[100_000]));
        assertUnavailable(answer);
        Files.delete(uploads);
        Files.createDirectory(uploads);
        assertThat(client.post("/v1/media?" + ana.auth(), new Multipart().photo(Photos.jpeg(300, 300)))
                        .status())
                .isEqualTo(200);
    }

    private Path parts(int redisPort, URI s3) throws IOException {
        PartsConfiguration parts = PartsConfiguration.load(API.partsFile());
        return TestParts.write(
                folder,
                parts.directory().url(),
                parts.databases().get(0).database().url(),
                parts.databases().get(1).database().url(),
                redisPort,
                s3,
                API.s3().bucket());
    }

    private ApiClient start(Path parts, Path folder) throws Exception {
        server = new DropwizardTestSupport<>(
                ApiApplication.class,
                "sample/api.yml",
                ConfigOverride.config("parts", parts.toString()),
                ConfigOverride.config(
                        "limits.uploadFolder", folder.resolve("uploads").toString()),
                ConfigOverride.config("server.applicationConnectors[0].port", "0"),
                ConfigOverride.config("server.adminConnectors[0].port", "0"));
        server.before();
        return new ApiClient(server.getLocalPort());
    }

    private void assertDegraded(String part) {
        Answer health = new ApiClient(server.getAdminPort()).get("/healthcheck");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().path(part).path("degraded").asBoolean()).isTrue();
        assertThat(health.json().path(part).path("message").asText()).startsWith("degraded");
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("meta").path("code").asInt()).isEqualTo(503);
        assertThat(answer.errorType()).isEqualTo("APIError");
        assertThat(answer.body()).doesNotContain("127.0.0.1", "Exception", "jdbc", "/tmp");
    }
}
