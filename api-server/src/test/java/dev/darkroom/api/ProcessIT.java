package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.api.ApiExtension.Account;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The API server as the process it is in production, in a small heap. */
class ProcessIT {

    @RegisterExtension
    static final ApiExtension API = new ApiExtension();

    @TempDir
    private Path folder;

    private Process process;
    private ApiClient client;

    @BeforeEach
    void start() throws IOException {
        Path configuration = folder.resolve("api.yml");
        String sample = Files.readString(Path.of("sample/api.yml"));
        Files.writeString(
                configuration,
                sample.replace("sample/parts.yml", API.partsFile().toString())
                        .replace(
                                "# uploadFolder: /var/lib/darkroom/uploads",
                                "uploadFolder: " + folder.resolve("uploads"))
                        .replaceAll("port: 808\\d", "port: 0"));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ApiApplication.class.getName(),
                        "server",
                        configuration.toString(),
                        "--exit-on-stdin-end")
                .redirectError(folder.resolve("log").toFile())
                .start();
        client = new ApiClient(readyPort());
    }

    @AfterEach
    void kill() {
        process.destroyForcibly();
    }

    @Test
    void ends_when_its_standard_input_ends() throws Exception {
        assertThat(client.get("/v1/users/1?client_id=" + ApiExtension.CLIENT).status())
                .isEqualTo(400);
        process.getOutputStream().close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void ends_on_sigterm_after_the_request_under_way() throws Exception {
        Account ana = API.account();
        CompletableFuture<Answer> underWay = CompletableFuture.supplyAsync(
                () -> client.post("/v1/media?" + ana.auth(), new Multipart().photo(Photos.jpeg(2_000, 2_000))));
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        // The request may have come too late to be taken; it is never cut off in the middle.
        underWay.handle((answer, refused) -> answer == null || answer.status() == 200 || answer.status() == 503)
                .thenAccept(ended -> assertThat(ended).isTrue())
                .join();
    }

    @Test
    void a_hundred_megabytes_of_tiny_parts_take_no_memory() throws Exception {
        Account ana = API.account();
        byte[] parts = "--darkroom-test-boundary\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nx\r\n"
                .repeat(1_000)
                .getBytes(StandardCharsets.UTF_8);
        byte[] onePart = ("--darkroom-test-boundary\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n"
                        + "x".repeat(100_000))
                .getBytes(StandardCharsets.UTF_8);
        byte[] headers = ("X: " + "y".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
        List<CompletableFuture<String>> floods = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> flood(ana, List.of(parts, onePart, headers).get(i % 3))))
                .toList();
        assertThat(floods.stream().map(CompletableFuture::join))
                .allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 400"))
                .anySatisfy(answer -> assertThat(answer).contains("32 parts"));
        assertThat(process.isAlive()).isTrue();
        assertThat(client.post("/v1/media?" + ana.auth(), new Multipart().photo(Photos.jpeg(300, 300)))
                        .status())
                .isEqualTo(200);
        try (Stream<Path> files = Files.list(folder.resolve("uploads"))) {
            assertThat(files).isEmpty();
        }
    }

    private String flood(Account ana, byte[] bytes) {
        try {
            String contentType = new Multipart().contentType();
            return RawHttp.flood(
                    client.origin(), "/v1/media?" + ana.auth(), contentType, bytes, 100_000_000 / bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int readyPort() {
        try {
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = output.readLine();
            assertThat(line).as("%s", Files.readString(folder.resolve("log"))).matches("ready port \\d+");
            return Integer.parseInt(line.substring("ready port ".length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
