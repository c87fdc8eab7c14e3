package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisIT {

    @TempDir
    private Path folder;

    @Test
    void a_durable_one_keeps_its_data_over_a_restart() throws Exception {
        try (EmbeddedRedis redis = start().durable().start()) {
            assertThat(ask(redis, "INCR visits")).isEqualTo(":1");
        }
        try (EmbeddedRedis redis = start().durable().start()) {
            assertThat(ask(redis, "INCR visits")).isEqualTo(":2");
        }
    }

    @Test
    void one_for_feeds_writes_nothing_to_disk() throws Exception {
        try (EmbeddedRedis redis = start().setting("maxmemory", "64mb").start()) {
            assertThat(ask(redis, "INCR visits")).isEqualTo(":1");
        }
        assertThat(folder.resolve("redis").toFile().list()).containsExactlyInAnyOrder("redis.conf");
        try (EmbeddedRedis redis = start().start()) {
            assertThat(ask(redis, "INCR visits")).isEqualTo(":1");
        }
    }

    @Test
    void the_bundled_program_runs_where_none_is_installed() throws Exception {
        try (EmbeddedRedis redis = start().bundledProgram().start()) {
            assertThat(ask(redis, "GEOADD places 13.361389 38.115556 Palermo")).isEqualTo(":1");
        }
    }

    @Test
    void notices_that_the_server_ended() throws Exception {
        try (EmbeddedRedis redis = start().start()) {
            ProcessHandle.of(redis.pid()).orElseThrow().destroyForcibly();
            assertThat(redis.onExit().get(5, TimeUnit.SECONDS)).isEqualTo(137);
        }
    }

    @Test
    void says_that_a_port_or_a_folder_is_in_use() {
        try (EmbeddedRedis redis = start().start()) {
            assertThatThrownBy(() -> start().start())
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid());
            assertThatThrownBy(() -> EmbeddedRedis.builder(folder.resolve("other"))
                            .port(redis.port())
                            .start())
                    .hasMessageContaining("Port " + redis.port())
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void shows_the_log_when_a_setting_is_refused() {
        assertThatThrownBy(() -> start().setting("maxmemory", "plenty").start())
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("maxmemory plenty");
    }

    private RedisBuilder start() {
        return EmbeddedRedis.builder(folder.resolve("redis"));
    }

    /** Sends an inline command and reads a one-line answer. */
    static String ask(EmbeddedRedis redis, String command) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(Ports.loopback(redis.port()));
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            for (int next = socket.getInputStream().read();
                    next != '\r';
                    next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
            return answer.toString();
        }
    }
}
