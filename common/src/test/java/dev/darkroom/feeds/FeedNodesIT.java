package dev.darkroom.feeds;

import static dev.darkroom.feeds.FeedFixture.ANA;
import static dev.darkroom.feeds.FeedFixture.SMALL;
import static dev.darkroom.feeds.FeedFixture.firstRun;
import static dev.darkroom.feeds.FeedFixture.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.config.RedisConfiguration;
import dev.darkroom.embedded.EmbeddedRedis;
import dev.darkroom.media.MediaId;
import dev.darkroom.users.UserId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds on several servers, and what of them outlives a server. */
class FeedNodesIT {

    @TempDir
    Path folder;

    private EmbeddedRedis first;
    private EmbeddedRedis second;

    @BeforeEach
    void start() {
        first = EmbeddedRedis.builder(folder.resolve("first")).bundledProgram().start();
        second =
                EmbeddedRedis.builder(folder.resolve("second")).bundledProgram().start();
    }

    @AfterEach
    void stop() {
        first.stop();
        second.stop();
    }

    @Test
    void feeds_are_divided_among_the_servers_and_all_are_reached() {
        List<UserId> users =
                LongStream.rangeClosed(1, 100).mapToObj(UserId::new).toList();
        try (FeedNodes nodes = nodes(0, first, second);
                StoredFeeds one = new StoredFeeds(first.port());
                StoredFeeds other = new StoredFeeds(second.port())) {
            FeedStore store = new FeedStore(nodes, SMALL);
            users.forEach(user -> build(store, user, List.of()));

            assertThat(store.push(firstRun(7), users)).isEqualTo(100);

            assertThat(users)
                    .allSatisfy(user -> assertThat(store.read(user).media()).containsExactly(media(7)));
            assertThat(users.stream().filter(user -> !one.media(user).isEmpty()).count())
                    .isBetween(25L, 75L);
            assertThat(users).allSatisfy(user -> assertThat(one.media(user)).isNotEqualTo(other.media(user)));
        }
    }

    @Test
    void a_server_added_at_the_end_takes_its_share_and_moves_nothing_among_the_others() {
        List<UserId> users =
                LongStream.rangeClosed(1, 1_000).mapToObj(UserId::new).toList();
        try (FeedNodes two = nodes(0, first, second);
                FeedNodes three = nodes(0, first, second, first)) {
            List<Integer> before = users.stream().map(two::indexOf).toList();
            List<Integer> after = users.stream().map(three::indexOf).toList();

            long moved = LongStream.range(0, 1_000)
                    .filter(i -> !before.get((int) i).equals(after.get((int) i)))
                    .count();
            assertThat(moved).isBetween(250L, 420L);
            assertThat(LongStream.range(0, 1_000)
                            .filter(i -> !before.get((int) i).equals(after.get((int) i)))
                            .mapToObj(i -> after.get((int) i)))
                    .containsOnly(2);
        }
    }

    @Test
    void another_layout_finds_nothing_of_the_one_before() {
        try (FeedNodes before = nodes(0, first);
                FeedNodes after = nodes(1, first)) {
            FeedStore old = new FeedStore(before, SMALL);
            build(old, ANA, List.of(media(5)));

            assertThat(new FeedStore(after, SMALL).read(ANA).built()).isFalse();
            assertThat(old.read(ANA).built()).isTrue();
        }
    }

    @Test
    void after_the_promotion_of_a_replica_that_lacks_a_delivery_the_feed_is_built_anew() throws IOException {
        try (FeedNodes master = nodes(0, first);
                FeedNodes replica = nodes(0, second)) {
            FeedStore store = new FeedStore(master, SMALL);
            build(store, ANA, List.of(media(5)));
            command(second, "REPLICAOF 127.0.0.1 " + first.port());
            awaitReplica();
            command(second, "REPLICAOF NO ONE");
            store.push(firstRun(7), List.of(ANA));

            FeedStore promoted = new FeedStore(replica, SMALL);

            assertThat(promoted.read(ANA).built()).isFalse();
            assertThat(promoted.push(firstRun(8), List.of(ANA))).isZero();
            build(promoted, ANA, List.of(media(8), media(7), media(5)));
            assertThat(promoted.read(ANA).media()).containsExactly(media(8), media(7), media(5));
        }
    }

    @Test
    void a_server_that_kept_its_data_over_a_restart_begins_anew_too() {
        Path kept = folder.resolve("kept");
        EmbeddedRedis before =
                EmbeddedRedis.builder(kept).bundledProgram().durable().start();
        try (FeedNodes nodes = nodes(0, before);
                StoredFeeds stored = new StoredFeeds(before.port())) {
            build(new FeedStore(nodes, SMALL), ANA, List.of(media(5)));
            assertThat(stored.entries(ANA)).containsExactly("5", "0");
        } finally {
            before.stop();
        }
        EmbeddedRedis after =
                EmbeddedRedis.builder(kept).bundledProgram().durable().start();
        try (FeedNodes nodes = nodes(0, after);
                StoredFeeds stored = new StoredFeeds(after.port())) {
            assertThat(stored.entries(ANA)).containsExactly("5", "0");
            assertThat(new FeedStore(nodes, SMALL).read(ANA).built()).isFalse();
        } finally {
            after.stop();
        }
    }

    private static void build(FeedStore store, UserId user, List<MediaId> media) {
        store.begin(user, "test");
        store.complete(user, "test", new FeedEntries(true, media, 0));
    }

    private static FeedNodes nodes(int layout, EmbeddedRedis... servers) {
        return FeedNodes.open(
                new RedisConfiguration(
                        Stream.of(servers)
                                .map(server -> "127.0.0.1:" + server.port())
                                .toList(),
                        layout),
                2);
    }

    /** Asks until the replica has linked up, then waits until it has all that was written. */
    private void awaitReplica() throws IOException {
        String acknowledged = "";
        for (int i = 0; i < 100 && !acknowledged.equals(":1"); i++) {
            command(first, "SET marker " + i);
            acknowledged = command(first, "WAIT 1 100");
        }
        assertThat(acknowledged).isEqualTo(":1");
    }

    private static String command(EmbeddedRedis server, String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return answers.readLine();
        }
    }
}
