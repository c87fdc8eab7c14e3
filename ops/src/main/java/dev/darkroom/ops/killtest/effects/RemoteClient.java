package dev.darkroom.ops.killtest.effects;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the service of the test. Thread-safe. */
public final class RemoteClient {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteClient.class);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;

    public RemoteClient(int port) {
        this.address = "http://127.0.0.1:" + port;
    }

    /** Whether the call was counted for certain; false if it was refused or nothing is known of it. */
    boolean call(JobKey key, long at) throws InterruptedException {
        HttpRequest request = request("/calls/" + key.value() + "?at=" + at)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            LOG.info("What became of the call of {} is not known; a later run looks: {}", key, e.toString());
            return false;
        }
    }

    int calls(JobKey key) throws IOException, InterruptedException {
        return Integer.parseInt(get("/calls/" + key.value()));
    }

    /** One line a key: the key, a blank, how often it was called. */
    public String all() throws IOException, InterruptedException {
        return get("/calls");
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException(path + " answers " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
    }
}
