package dev.darkroom.ops.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.clock.Pause;
import dev.darkroom.ops.system.OpsException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What the demonstration asks of the HTTP API. A call that gets no answer, or 429 or 5xx, is repeated for two minutes; a post
 * keeps its idempotency key, so that it is posted once. Thread-safe.
 */
final class ApiClient {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int PAGE = 100;

    private final URI origin;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    ApiClient(String origin) {
        this.origin = URI.create(origin);
    }

    /**
     * What became of a post.
     *
     * @param media the id; 0 when it was refused
     * @param refusal why; empty when it was taken
     */
    record Posted(long media, String refusal) {}

    Posted post(Path photo, String caption, String token, UUID idempotencyKey) throws IOException {
        MultipartForm form = new MultipartForm()
                .field("access_token", token)
                .field("caption", caption)
                .file("photo", photo);
        HttpResponse<String> response = send(HttpRequest.newBuilder(origin.resolve("/v1/media"))
                .timeout(ANSWER)
                .header("Content-Type", form.contentType())
                .header("Idempotency-Key", idempotencyKey.toString())
                .POST(form.body())
                .build());
        JsonNode json = json(response);
        if (response.statusCode() != 200) {
            return new Posted(0, json.at("/meta/error_message").asText(response.body()));
        }
        return new Posted(number(json.at("/data/id").asText()), "");
    }

    /** Every page of the feed of the token's user: ids of media, as they come. */
    List<Long> feed(String token) {
        List<Long> media = new ArrayList<>();
        String next = "";
        do {
            URI page = origin.resolve("/v1/users/self/feed?count=" + PAGE + "&access_token=" + token
                    + (next.isEmpty() ? "" : "&max_id=" + next));
            HttpResponse<String> response =
                    send(HttpRequest.newBuilder(page).timeout(ANSWER).build());
            requireFeed(response);
            JsonNode json = json(response);
            json.path("data").forEach(entry -> media.add(number(entry.path("id").asText())));
            next = json.at("/pagination/next_max_id").asText("");
        } while (!next.isEmpty());
        return media;
    }

    /** Asks for the newest entry of the feed of the token's user: the whole feed is built if there is none. */
    void buildFeed(String token) {
        URI page = origin.resolve("/v1/users/self/feed?count=1&access_token=" + token);
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(page).timeout(ANSWER).build());
        requireFeed(response);
    }

    private static void requireFeed(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new OpsException("The API refuses a feed: " + response.body());
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        long start = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            String failure;
            try {
                HttpResponse<String> response =
                        http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
                if (response.statusCode() != 429 && response.statusCode() < 500) {
                    return response;
                }
                failure = "status " + response.statusCode();
            } catch (IOException e) {
                failure = e.toString();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new OpsException(
                        "The API has not answered " + request.uri().getPath() + " for " + PATIENCE.toSeconds() + " s ("
                                + failure + "): see 'darkroom status'.");
            }
            pause(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
    }

    private static void pause(Duration pause) {
        try {
            Pause.SLEEP.pause(pause);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static OpsException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new OpsException("Interrupted while waiting for the API.", e);
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return MAPPER.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new OpsException("The API answered " + response.statusCode() + " with what is no JSON.", e);
        }
    }

    /** The number of a media in the form {@code media_owner}. */
    private static long number(String id) {
        int underscore = id.indexOf('_');
        return Long.parseLong(underscore < 0 ? id : id.substring(0, underscore));
    }
}
