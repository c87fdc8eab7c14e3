package dev.darkroom.ops.killtest.effects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The service that jobs call: counts every call by its key and does not care whether it comes twice. {@code POST
 * /calls/KEY?at=MILLISECONDS} is refused with 410 when it is too old; {@code GET /calls/KEY} tells the count; {@code GET
 * /calls} tells all. Thread-safe.
 */
public final class RemoteService implements AutoCloseable {

    /** A call is refused when its time lies further back. */
    static final Duration ACCEPTED = Duration.ofSeconds(2);

    private static final int THREADS = 8;
    private static final int OK = 200;
    private static final int GONE = 410;
    private static final String PATH = "/calls";
    private static final String TIME = "at=";

    private final Map<Long, Integer> counts = new HashMap<>();
    private final Clock clock;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpServer server;

    /** Listens at once, on the loopback address. */
    public RemoteService(int port, Clock clock) throws IOException {
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext(PATH, this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestURI().getPath().substring(PATH.length());
        if (key.isEmpty()) {
            reply(exchange, OK, all());
        } else if ("POST".equals(exchange.getRequestMethod())) {
            long at = Long.parseLong(exchange.getRequestURI().getQuery().substring(TIME.length()));
            boolean counted = count(Long.parseLong(key.substring(1)), at);
            reply(exchange, counted ? OK : GONE, "");
        } else {
            reply(exchange, OK, Integer.toString(calls(Long.parseLong(key.substring(1)))));
        }
    }

    /** One lock for age and count: whoever looks later than the call is accepted sees it or knows that it never comes. */
    synchronized boolean count(long key, long at) {
        if (clock.millis() - at > ACCEPTED.toMillis()) {
            return false;
        }
        counts.merge(key, 1, Integer::sum);
        return true;
    }

    synchronized int calls(long key) {
        return counts.getOrDefault(key, 0);
    }

    private synchronized String all() {
        StringBuilder all = new StringBuilder();
        counts.forEach((key, count) -> all.append(key).append(' ').append(count).append('\n'));
        return all.toString();
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
