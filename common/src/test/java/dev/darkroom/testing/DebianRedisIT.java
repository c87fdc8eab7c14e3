package dev.darkroom.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.embedded.EmbeddedRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianRedisIT {

    @TempDir
    private Path folder;

    @Test
    void starts_the_distributions_server_and_stops_it() {
        Path program = DebianServers.require(DebianServers.redisServer(), "redis-server");
        EmbeddedRedis redis = EmbeddedRedis.builder(folder.resolve("redis"))
                .program(program)
                .durable()
                .start();
        try (redis) {
            assertThat(redis.uri()).isEqualTo("redis://127.0.0.1:" + redis.port());
            assertThat(ProcessHandle.of(redis.pid())).isPresent();
        }
        assertThat(ProcessHandle.of(redis.pid())).isEmpty();
    }
}
