package dev.darkroom.ops.killtest.effects;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RemoteServiceTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final JobKey KEY = JobKey.of(1, 2);

    @Test
    void counts_every_call_and_refuses_one_that_comes_too_late() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (RemoteService service = new RemoteService(port, Clock.fixed(NOW, ZoneOffset.UTC))) {
            RemoteClient client = new RemoteClient(port);
            long fresh = NOW.minus(RemoteService.ACCEPTED).toEpochMilli();

            assertThat(client.calls(KEY)).isZero();
            assertThat(client.call(KEY, fresh)).isTrue();
            assertThat(client.call(KEY, fresh)).isTrue();
            assertThat(client.call(KEY, fresh - 1)).isFalse();
            assertThat(client.calls(KEY)).isEqualTo(2);
            assertThat(client.all()).isEqualTo(KEY.value() + " 2\n");
        }
    }
}
