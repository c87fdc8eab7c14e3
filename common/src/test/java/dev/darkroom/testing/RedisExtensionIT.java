package dev.darkroom.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisExtensionIT {

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    @RepeatedTest(2)
    void every_test_begins_with_an_empty_server() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), REDIS.port())) {
            socket.getOutputStream().write("INCR visits\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(4)).isEqualTo(":1\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
