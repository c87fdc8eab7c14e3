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
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole system as an operator has it: every part a process. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class UpIT {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Path data;
    private CommandLineProcess up;
    private final List<ProcessHandle> seen = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        data = folder.resolve("data");
        up = startUp();
    }

    @AfterEach
    void end() throws Exception {
        CommandLineProcess.run(folder, "down", "--data", data.toString());
        seen.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void what_was_posted_survives_the_death_of_every_part_and_of_up_itself() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("run.json"))))
                .isEqualTo("rw-------");
        String token = tokenOf(state().at("/demo_user/other_user_id").asLong());
        String first = post();
        awaitFeed(token, first);
        assertThat(images(token, first))
                .allSatisfy(image -> assertThat(status(image)).isEqualTo(200))
                .hasSize(3);

        demonstrationIsRight();
        assertThat(CommandLineProcess.run(folder, "lanes", "media.render", "--data", data.toString())
                        .output())
                .contains("media.render", "There may be millions of lanes");
        killEveryPart();
        String second = post();
        awaitFeed(token, first, second);

        secondStartIsRefused();
        up.kill();
        seen.forEach(process -> assertThat(process.onExit()).succeedsWithin(30, TimeUnit.SECONDS));

        up = startUp();
        awaitFeed(token, first, second);
        assertThat(CommandLineProcess.run(folder, "status", "--data", data.toString())
                        .output())
                .contains("media.render", "down: nothing");

        assertThat(CommandLineProcess.run(folder, "down", "--data", data.toString())
                        .code())
                .isZero();
        assertThat(up.awaitEnd()).isZero();
        assertThat(seen).noneMatch(ProcessHandle::isAlive);
        assertThat(data.resolve("run.json")).doesNotExist();
    }

    private CommandLineProcess startUp() throws Exception {
        Path errors = folder.resolve("up.txt");
        CommandLineProcess process = CommandLineProcess.start(errors, "up", "--data", data.toString(), "--json");
        String line = process.readLine();
        assertThat(line)
                .as(() -> "up says in JSON that it is ready, and else: " + read(errors))
                .isNotNull();
        assertThat(MAPPER.readTree(line).get("api").asText()).startsWith("http://127.0.0.1:");
        pids().values().forEach(pid -> seen.add(ProcessHandle.of(pid).orElseThrow()));
        return process;
    }

    private void demonstrationIsRight() throws Exception {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        Files.write(photos.resolve("a.jpg"), jpeg());
        Files.writeString(photos.resolve("no-photo.jpg"), "text");
        Path graph = folder.resolve("graph.csv.gz");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(graph))) {
            packed.write("follower,followee\n2,1\n3,1\n4,1\n5,1\n1,2\n".getBytes(StandardCharsets.US_ASCII));
        }
        String[] demo = {
            "demo", "--data", data.toString(), "--photos", photos.toString(), "--graph", graph.toString(), "--json"
        };
        JsonNode report = MAPPER.readTree(CommandLineProcess.run(folder, demo).output());
        assertThat(report.get("deliveries_made").asInt()).isEqualTo(5);
        assertThat(report.get("missing").asInt() + report.get("wrong").asInt()).isZero();
        assertThat(report.at("/refusals/0/file").asText()).isEqualTo("no-photo.jpg");
        assertThat(report.get("feeds").asInt()).isEqualTo(5);
        assertThat(report.get("feeds_checked").asInt()).isEqualTo(5);
        assertThat(report.get("check_seed").isNull()).isTrue();
        // The same accounts again: their feeds hold the photo of the first run by now.
        String[] sample = Stream.concat(Stream.of(demo), Stream.of("--check", "3", "--check-seed", "17"))
                .toArray(String[]::new);
        CommandLineProcess.Ended checked = CommandLineProcess.run(folder, sample);
        assertThat(checked.code()).isZero();
        assertThat(checked.errors()).contains("3 of 5 accounts", "--check-seed 17");
        assertThat(MAPPER.readTree(checked.output()).get("check_seed").asInt()).isEqualTo(17);
        assertThat(MAPPER.readTree(checked.output()).get("feeds_checked").asInt())
                .isBetween(1, 3);
    }

    private void killEveryPart() throws InterruptedException {
        Map<String, Long> before = pids();
        before.remove("up");
        assertThat(before)
                .containsKeys("postgres", "redis", "s3", "gearman", "api", "relay-1", "relay-2", "media.render-1");
        before.values().forEach(pid -> ProcessHandle.of(pid).orElseThrow().destroyForcibly());
        await(() -> before.entrySet().stream().noneMatch(part -> part.getValue().equals(pids().get(part.getKey()))));
        pids().values().forEach(pid -> ProcessHandle.of(pid).ifPresent(seen::add));
    }

    private void secondStartIsRefused() throws Exception {
        CommandLineProcess.Ended refused = CommandLineProcess.run(folder, "up", "--data", data.toString());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errors()).hasLineCount(1).contains("in use by process " + pids().get("up"));
    }

    private String post() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        body.write(jpeg());
        body.write("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        String token = state().at("/demo_user/access_token").asText();
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(api("/v1/media?access_token=" + token))
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return MAPPER.readTree(response.body()).at("/data/id").asText();
    }

    private static byte[] jpeg() throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(800, 600, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
        return jpeg.toByteArray();
    }

    private void awaitFeed(String token, String... media) throws InterruptedException {
        await(() -> feed(token).map(entry -> entry.get("id").asText()).toList().containsAll(List.of(media)));
    }

    private List<String> images(String token, String media) {
        JsonNode images = feed(token)
                .filter(entry -> entry.get("id").asText().equals(media))
                .findFirst()
                .orElseThrow()
                .get("images");
        return Stream.of("thumbnail", "low_resolution", "standard_resolution")
                .map(size -> images.get(size).get("url").asText())
                .toList();
    }

    private Stream<JsonNode> feed(String token) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(api("/v1/users/self/feed?access_token=" + token))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            List<JsonNode> entries = new ArrayList<>();
            if (response.statusCode() == 200) {
                MAPPER.readTree(response.body()).get("data").forEach(entries::add);
            }
            return entries.stream();
        } catch (IOException e) {
            // The API is being started again.
            return Stream.of();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int status(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private String tokenOf(long user) {
        try (Shards shards = Shards.open(
                PartsConfiguration.load(data.resolve("parts.yml")), new JobTypes(List.of()), DirectSubmission.NONE)) {
            return new AccessTokens(shards.directory(), new SecureRandom())
                    .issue(new UserId(user), state().at("/client/id").asText(), Set.of(Scope.BASIC));
        }
    }

    private URI api(String path) {
        return URI.create(state().get("api").asText() + path);
    }

    private Map<String, Long> pids() {
        Map<String, Long> pids = new TreeMap<>();
        state().get("pids")
                .properties()
                .forEach(part -> pids.put(part.getKey(), part.getValue().asLong()));
        return pids;
    }

    private JsonNode state() {
        try {
            return MAPPER.readTree(Files.readAllBytes(data.resolve("run.json")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as("waited").isLessThan(TimeUnit.SECONDS.toNanos(60));
            // The machine is needed by what is waited for.
            Pause.SLEEP.pause(Duration.ofMillis(20));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
