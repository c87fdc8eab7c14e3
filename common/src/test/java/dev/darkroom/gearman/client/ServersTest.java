package dev.darkroom.gearman.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.connection.Backoff;
import dev.darkroom.gearman.connection.ConnectionListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three servers, one of which goes and comes back. */
@Timeout(60)
class ServersTest implements ConnectionListener {

    @RegisterExtension
    static final JobServerExtension FIRST = new JobServerExtension();

    @RegisterExtension
    static final JobServerExtension SECOND = new JobServerExtension();

    @RegisterExtension
    static final JobServerExtension THIRD = new JobServerExtension();

    private static final int KEYS = 200;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private GearmanClient client;

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void only_the_keys_of_a_server_that_goes_move_and_they_return_with_it() throws Exception {
        open(Duration.ZERO);
        Map<String, ServerAddress> before = homes();
        assertThat(before.values()).contains(FIRST.address(), SECOND.address(), THIRD.address());

        restartBetween(() -> before.forEach((key, home) -> {
            ServerAddress now = home(key);
            if (home.equals(SECOND.address())) {
                assertThat(now).isNotEqualTo(home);
            } else {
                assertThat(now).isEqualTo(home);
            }
        }));

        assertThat(homes()).isEqualTo(before);
    }

    @Test
    void a_server_that_came_back_gets_its_keys_one_after_the_other() throws Exception {
        open(Duration.ofDays(100));
        Map<String, ServerAddress> before = homes();

        restartBetween(() -> {});

        Map<String, ServerAddress> after = homes();
        assertThat(after.values()).doesNotContain(SECOND.address());
        before.forEach((key, home) -> {
            if (!home.equals(SECOND.address())) {
                assertThat(after).containsEntry(key, home);
            }
        });
        assertThat(client.roundTrips()).containsKey(SECOND.address());
    }

    @Test
    void those_that_are_back_serve_all_keys_when_nobody_else_is_there() throws Exception {
        open(Duration.ofDays(100));
        for (RestartableServer server : List.of(FIRST, SECOND, THIRD)) {
            server.kill();
            await("lost");
        }
        FIRST.start();
        await("connected");
        client.echo(FIRST.address(), new byte[0]).get(10, TimeUnit.SECONDS);
        assertThat(home("key")).isEqualTo(FIRST.address());
        SECOND.start();
        THIRD.start();
        await("connected");
        await("connected");
        assertThat(homes().values()).containsOnly(FIRST.address());
    }

    @Test
    void requests_without_a_key_go_round() throws Exception {
        open(Duration.ZERO);
        Set<ServerAddress> seen = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            seen.add(home(""));
        }
        assertThat(seen).hasSize(3);
    }

    @Override
    public void connected(ServerAddress server) {
        events.add("connected");
    }

    @Override
    public void connectionLost(ServerAddress server, Throwable cause) {
        events.add("lost");
    }

    private void restartBetween(Runnable whileAway) throws Exception {
        SECOND.kill();
        await("lost");
        whileAway.run();
        SECOND.start();
        await("connected");
        // An answer on this very connection, so the one to the greeting has come before.
        client.echo(SECOND.address(), new byte[0]).get(10, TimeUnit.SECONDS);
    }

    private void open(Duration rampUp) throws InterruptedException {
        client = GearmanClient.builder()
                .servers(Stream.of(FIRST, SECOND, THIRD)
                        .map(RestartableServer::address)
                        .toList())
                .backoff(new Backoff(Duration.ofMillis(10), Duration.ofMillis(50)))
                .rampUp(rampUp)
                .listener(this)
                .build();
        for (int i = 0; i < 3; i++) {
            await("connected");
        }
    }

    private Map<String, ServerAddress> homes() {
        Map<String, ServerAddress> homes = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            homes.put("key" + i, home("key" + i));
        }
        return homes;
    }

    private ServerAddress home(String key) {
        return client.submitBackground(new Submission("function", key, new byte[0]))
                .orTimeout(10, TimeUnit.SECONDS)
                .join()
                .server();
    }

    private void await(String event) throws InterruptedException {
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(event);
    }
}
