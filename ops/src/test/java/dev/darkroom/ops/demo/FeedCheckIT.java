package dev.darkroom.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.config.RedisConfiguration;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.ops.cli.CommandLineProcess;
import dev.darkroom.ops.cli.UpSystem;
import dev.darkroom.ops.pools.TypeFigures;
import dev.darkroom.ops.system.DataFolder;
import dev.darkroom.ops.system.RunningSystem;
import dev.darkroom.ops.terminal.Progress;
import dev.darkroom.redis.RedisClients;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.AccessTokens;
import dev.darkroom.users.UserId;
import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.api.RList;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** The check finds nothing where nothing is wrong, and what is damaged: in Redis, and in what lost feeds are rebuilt from. */
@Tag("full")
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class FeedCheckIT {

    private static final int ACCOUNTS = 30;
    private static final int PHOTOS = 3;

    /** Account 1 is followed by all others, account 2 by the first. */
    private final Graph graph = new Graph(
            "check",
            ACCOUNTS,
            IntStream.concat(IntStream.rangeClosed(2, ACCOUNTS), IntStream.of(1))
                    .toArray(),
            IntStream.concat(IntStream.generate(() -> 1).limit(ACCOUNTS - 1), IntStream.of(2))
                    .toArray());

    private final Progress quiet =
            new Progress(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private UpSystem system;
    private RunningSystem running;
    private Shards shards;
    private RawFeeds raw;
    private RedissonClient redis;
    private GraphAccounts.Loaded accounts;
    private ApiClient api;
    private Tokens tokens;
    private WarmFeeds warm;
    private FeedCheck check;

    @BeforeEach
    void start() throws Exception {
        system = new UpSystem(folder);
        system.up();
        running = RunningSystem.require(
                new DataFolder(system.partsFile().toAbsolutePath().getParent()));
        RedisConfiguration feeds =
                PartsConfiguration.load(running.data().partsFile()).redis();
        shards = system.shards(new JobTypes(List.of()));
        open.add(shards);
        raw = new RawFeeds(feeds);
        open.add(raw);
        redis = RedisClients.open(feeds.feeds().get(0), 1);
        open.add(redis::shutdown);
        accounts = new GraphAccounts(shards, graph).ensure(quiet);
        api = new ApiClient(running.state().api());
        tokens = new Tokens(
                new AccessTokens(shards.directory(), new SecureRandom()),
                running.state().client().id());
        warm = new WarmFeeds(accounts, raw, api, tokens);
        warm.prepare(quiet);
        check = new FeedCheck(accounts, raw, api, tokens);
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        CommandLineProcess.run(
                folder, "down", "--data", system.partsFile().getParent().toString());
    }

    @Test
    void a_damaged_feed_is_told_whether_it_was_kept_or_rebuilt() throws Exception {
        Expectations expectations = new Expectations(graph, Map.of(1, post(1), 2, post(2)));
        int cold = ACCOUNTS - warm.users().size();
        FeedCheck.Result whole = check.run(expectations, warm.users(), FeedSample.all(ACCOUNTS), quiet);
        assertTold(whole, 0, 0);
        assertThat(whole.tally().expected()).isEqualTo((ACCOUNTS + 2) * PHOTOS);
        assertThat(List.of(whole.rebuilt(), whole.inRedis(), whole.byApi()))
                .containsExactly(0L, (long) ACCOUNTS - cold, (long) cold);

        feed(3).remove(0);
        feed(4).add(0, feed(1).get(0));
        assertTold(check.run(expectations, warm.users(), FeedSample.all(ACCOUNTS), quiet), 1, 1);

        redisIsLost();
        FeedCheck.Result rebuilt = check.run(expectations, warm.users(), FeedSample.all(ACCOUNTS), quiet);
        assertTold(rebuilt, 0, 0);
        assertThat(rebuilt.tally().expected()).isEqualTo((ACCOUNTS + 2) * PHOTOS);
        assertThat(List.of(rebuilt.rebuilt(), rebuilt.inRedis(), rebuilt.byApi()))
                .containsExactly((long) ACCOUNTS - cold, (long) ACCOUNTS - cold, (long) cold);

        redisIsLost();
        UserId left = accounts.ids()[6];
        shards.write(
                left.shard(),
                (handle, transaction) -> handle.createUpdate("DELETE FROM <shard>.follow WHERE follower = :user")
                        .bind("user", left.value())
                        .execute());
        assertTold(check.run(expectations, warm.users(), FeedSample.all(ACCOUNTS), quiet), PHOTOS, 0);
    }

    @Test
    void of_a_sample_only_those_are_checked() throws Exception {
        Expectations expectations = new Expectations(graph, Map.of(1, post(1)));
        feed(3).remove(0);

        FeedCheck.Result others =
                check.run(expectations, warm.users(), new FeedSample(List.of(2, 4, 6), ACCOUNTS, 1L), quiet);
        assertTold(others, 0, 0);
        assertThat(others.inRedis()).isEqualTo(3);
        assertThat(others.tally().expected()).isEqualTo(3 * PHOTOS);

        assertTold(check.run(expectations, warm.users(), new FeedSample(List.of(2, 3), ACCOUNTS, 1L), quiet), 1, 0);
    }

    private static void assertTold(FeedCheck.Result result, long missing, long wrong) {
        assertThat(List.of(result.tally().missing(), result.tally().wrong()))
                .as("missing, wrong")
                .containsExactly(missing, wrong);
    }

    private List<Long> post(int author) throws Exception {
        Path photo = folder.resolve("photo.jpg");
        ImageIO.write(new BufferedImage(640, 640, BufferedImage.TYPE_INT_RGB), "jpeg", photo.toFile());
        List<Long> media = new ArrayList<>();
        for (int i = 0; i < PHOTOS; i++) {
            media.add(api.post(photo, "a photo", tokens.of(accounts.ids()[author]), UUID.randomUUID())
                    .media());
        }
        try (Progress.Bar bar = quiet.begin("jobs", 0)) {
            new QueueWatch(new TypeFigures(shards)).awaitEmpty(bar);
        }
        return media;
    }

    private RList<String> feed(int user) {
        String generation = redis.<String, String>getMap("feed:generation", StringCodec.INSTANCE)
                .get("name");
        return redis.getList("feed:" + generation + ":0:" + accounts.ids()[user], StringCodec.INSTANCE);
    }

    private void redisIsLost() throws InterruptedException {
        ProcessHandle before = running.process("redis").orElseThrow();
        before.destroyForcibly();
        UpSystem.await(
                "Redis runs again",
                () -> running.process("redis")
                        .filter(now -> now.pid() != before.pid())
                        .isPresent());
    }
}
