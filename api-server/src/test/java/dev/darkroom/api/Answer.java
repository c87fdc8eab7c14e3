package dev.darkroom.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An answer of the API under test. */
record Answer(HttpResponse<byte[]> response) {

    private static final ObjectMapper JSON = new ObjectMapper();

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    String body() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
        try {
            return JSON.readTree(body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Not JSON: " + body(), e);
        }
    }

    JsonNode data() {
        return json().path("data");
    }

    String errorType() {
        return json().path("meta").path("error_type").asText();
    }

    String errorMessage() {
        return json().path("meta").path("error_message").asText();
    }

    /** The ids of a list, in its order. */
    List<String> ids() {
        List<String> ids = new ArrayList<>();
        data().forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    String nextUrl() {
        return json().path("pagination").path("next_url").asText();
    }
}
