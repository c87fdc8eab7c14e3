package dev.darkroom.testing;

import dev.darkroom.embedded.EmbeddedRedis;
import dev.darkroom.embedded.RedisBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Redis server for a test class, to be held in a static field with {@code @RegisterExtension}: one server per JVM,
 * emptied before each test. It is the bundled 6.2, so that nothing newer is relied on;
 * {@code DARKROOM_TEST_REDIS=debian} (environment or system property) takes the distribution's.
 */
public final class RedisExtension implements BeforeAllCallback, BeforeEachCallback {

    private static final String VARIABLE = "DARKROOM_TEST_REDIS";

    private @Nullable EmbeddedRedis redis;

    @Override
    public void beforeAll(ExtensionContext context) {
        redis = TestServers.shared(context, "redis", EmbeddedRedis.class, RedisExtension::start);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        flush();
    }

    /** Removes all keys. */
    public void flush() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
            if (!answer.equals("+OK\r\n")) {
                throw new IOException("FLUSHALL was answered with " + answer);
            }
        }
    }

    /** The address in the form {@code redis://127.0.0.1:6379}. */
    public String uri() {
        return redis().uri();
    }

    public int port() {
        return redis().port();
    }

    private EmbeddedRedis redis() {
        if (redis == null) {
            throw new IllegalStateException("Hold the extension in a static field with @RegisterExtension");
        }
        return redis;
    }

    private static EmbeddedRedis start(Path folder) {
        RedisBuilder builder = EmbeddedRedis.builder(folder.resolve("redis"));
        return TestServers.debianWanted(VARIABLE)
                ? builder.program(DebianServers.require(DebianServers.redisServer(), "redis-server"))
                        .start()
                : builder.bundledProgram().start();
    }
}
