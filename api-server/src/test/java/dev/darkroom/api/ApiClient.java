package dev.darkroom.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls the API under test over real HTTP. */
final class ApiClient {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String origin;

    ApiClient(int port) {
        this.origin = "http://127.0.0.1:" + port;
    }

    String origin() {
        return origin;
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer call(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    /** @param form {@code a=1&b=2}, encoded already */
    Answer post(String path, String form) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    Answer post(String path, Multipart body, String... headers) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", body.contentType()).POST(body.publisher());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    /** The pages from an address on, by following {@code next_url} until there is none. */
    List<Answer> pages(String path) {
        List<Answer> pages = new ArrayList<>();
        String next = path;
        while (!next.isEmpty()) {
            Answer page = get(next);
            if (page.status() != 200 || pages.size() > 1_000) {
                throw new IllegalStateException("Page " + pages.size() + " at " + next + ": " + page.body());
            }
            pages.add(page);
            next = page.nextUrl().replaceFirst("^" + origin, "");
        }
        return pages;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin + path)).timeout(Duration.ofSeconds(30));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
