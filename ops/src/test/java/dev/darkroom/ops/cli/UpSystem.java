package dev.darkroom.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.clock.Pause;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.AccessTokens;
import dev.darkroom.users.Scope;
import dev.darkroom.users.UserId;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A system that {@code up} runs in a process, and what its users do. */
public final class UpSystem {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;
    private final Path data;
    private final HttpClient http = HttpClient.newHttpClient();

    public UpSystem(Path folder) {
        this.folder = folder;
        this.data = folder.resolve("data");
    }

    public void up(String... options) throws Exception {
        Path errors = folder.resolve("up.txt");
        List<String> arguments = Stream.concat(Stream.of("up", "--data", data.toString(), "--json"), Stream.of(options))
                .toList();
        String line = CommandLineProcess.start(errors, arguments.toArray(String[]::new))
                .readLine();
        assertThat(line)
                .as("up says that it is ready, and else: %s", Files.readString(errors))
                .isNotNull();
    }

    /** What {@code up} says that refuses to start. */
    String refusal(String... options) throws Exception {
        List<String> arguments = Stream.concat(Stream.of("up", "--data", data.toString()), Stream.of(options))
                .toList();
        CommandLineProcess.Ended ended = CommandLineProcess.run(folder, arguments.toArray(String[]::new));
        assertThat(ended.code()).isEqualTo(1);
        return ended.errors();
    }

    public void down() throws Exception {
        assertThat(CommandLineProcess.run(folder, "down", "--data", data.toString())
                        .code())
                .isZero();
    }

    /** A command about this system. */
    void run(String... command) throws Exception {
        List<String> arguments = Stream.concat(Stream.of(command), Stream.of("--data", data.toString()))
                .toList();
        CommandLineProcess.Ended ended = CommandLineProcess.run(folder, arguments.toArray(String[]::new));
        assertThat(ended.code()).as(ended.errors()).isZero();
    }

    public Path partsFile() {
        return data.resolve("parts.yml");
    }

    public Shards shards(JobTypes types) {
        return Shards.open(PartsConfiguration.load(partsFile()), types, DirectSubmission.NONE);
    }

    Set<String> parts() throws IOException {
        Set<String> names = new TreeSet<>();
        state().get("pids").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Acts as that user. */
    String token(UserId user) throws IOException {
        try (Shards shards = shards(new JobTypes(List.of()))) {
            return new AccessTokens(shards.directory(), new SecureRandom())
                    .issue(user, state().at("/client/id").asText(), Set.of(Scope.values()));
        }
    }

    void follow(String token, UserId followee) throws Exception {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(api("/v1/users/" + followee + "/relationship?access_token=" + token))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("action=follow"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    /** Returns the id of the media. */
    String post(String token) {
        try {
            HttpResponse<String> response = sendPhoto(token);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return MAPPER.readTree(response.body()).at("/data/id").asText();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> sendPhoto(String token) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        ImageIO.write(new BufferedImage(640, 640, BufferedImage.TYPE_INT_RGB), "jpeg", body);
        body.write("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        return http.send(
                HttpRequest.newBuilder(api("/v1/media?access_token=" + token))
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    void awaitFeed(String token, String... media) throws InterruptedException {
        await("the feed holds the media", () -> feed(token).containsAll(List.of(media)));
    }

    private List<String> feed(String token) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(api("/v1/users/self/feed?access_token=" + token))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return MAPPER.readTree(response.body()).get("data").findValuesAsText("id");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI api(String path) throws IOException {
        return URI.create(state().get("api").asText() + path);
    }

    private JsonNode state() throws IOException {
        return MAPPER.readTree(Files.readAllBytes(data.resolve("run.json")));
    }

    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as(what).isLessThan(TimeUnit.SECONDS.toNanos(60));
            // The machine is needed by what is waited for.
            Pause.SLEEP.pause(Duration.ofMillis(50));
        }
    }
}
