package dev.darkroom.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.catalogue.JobCatalogue;
import dev.darkroom.clock.Pause;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.config.RedisConfiguration;
import dev.darkroom.embedded.EmbeddedRedis;
import dev.darkroom.feeds.DeliverMedia;
import dev.darkroom.feeds.FanOutMedia;
import dev.darkroom.feeds.FeedJobs;
import dev.darkroom.feeds.FeedNodes;
import dev.darkroom.feeds.FeedReader;
import dev.darkroom.feeds.FeedRebuild;
import dev.darkroom.feeds.FeedSettings;
import dev.darkroom.feeds.FeedStore;
import dev.darkroom.feeds.StoredFeeds;
import dev.darkroom.follows.FollowBulk;
import dev.darkroom.follows.FollowEdge;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.follows.LargeAuthors;
import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.death.FlightRecorder;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.run.JobHandlers;
import dev.darkroom.jobs.run.JobWorker;
import dev.darkroom.jobs.run.WorkerIdentity;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaStore;
import dev.darkroom.media.TestMedia;
import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.shards.Shards;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.testing.Signals;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Redis stands still, or dies and comes back empty, while posts are brought into feeds by the handlers as they are wired. */
@Timeout(150)
class RedisOutageIT {

    private static final int POSTS = 8;

    private static final String UNDONE = """
            (SELECT turn, attempt FROM (SELECT type, turn, attempt FROM jobs.job
                                        UNION ALL SELECT type, turn, attempt FROM jobs.later_job) j
             WHERE type LIKE 'feed.%') undone""";

    @RegisterExtension
    static final ShardsExtension SHARDS =
            new ShardsExtension(List.copyOf(JobCatalogue.all().all()));

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private EmbeddedRedis redis;
    private Ledger ledger;
    private LedgerRows rows;
    private FeedReader reader;
    private StoredFeeds stored;
    private UserId author;
    private List<UserId> followers;

    @BeforeEach
    void begin() {
        redis = EmbeddedRedis.builder(folder.resolve("redis")).bundledProgram().start();
        Shards shards = SHARDS.shards();
        List<UserId> users = TestUsers.make(shards, 7);
        author = users.get(0);
        followers = users.subList(1, 7);
        new FollowBulk(shards)
                .load(followers.stream()
                        .map(follower -> new FollowEdge(follower, author))
                        .iterator());
        PhysicalDatabase database = shards.databaseOf(author.shard());
        ledger = database.ledger();
        rows = new LedgerRows(database.source());
        reader = reader(shards);
        followers.forEach(this::page);
        stored = new StoredFeeds(redis.port());
        open.add(stored);
        work(shards);
    }

    private FeedReader reader(Shards shards) {
        MediaStore media = new MediaStore(shards);
        FollowStore follows = new FollowStore(shards);
        FeedNodes nodes = FeedNodes.open(redisOnly(), 2);
        open.add(nodes);
        FeedStore feeds = new FeedStore(nodes, FeedSettings.DEFAULT);
        LargeAuthors large = new LargeAuthors(shards.directory(), InstantSource.system());
        return new FeedReader(feeds, new FeedRebuild(feeds, follows, media), follows, media, large);
    }

    private RedisConfiguration redisOnly() {
        return new RedisConfiguration(List.of("127.0.0.1:" + redis.port()), 0);
    }

    private void work(Shards shards) {
        PartsConfiguration parts = SHARDS.parts();
        HandlerParts handlerParts = new HandlerParts(
                new PartsConfiguration(parts.gearman(), parts.directory(), parts.databases(), redisOnly(), parts.s3()),
                shards);
        JobHandlers handlers = new JobHandlers();
        List.of(FeedJobs.FANOUT, FeedJobs.DELIVER)
                .forEach(type -> HandlerCatalogue.add(type.name(), handlers, handlerParts));
        JobServers servers = new JobServers(List.of(SERVER.address()), "test", "here");
        open.add(servers);
        servers.relay(ledger.database(), ledger.source());
        JobWorker worker = new JobWorker(
                WorkerIdentity.ofThisProcess("w", "here", 4),
                List.of(SERVER.address()),
                List.of(ledger),
                handlers,
                FlightRecorder.NONE,
                Pause.SLEEP);
        open.add(worker);
        worker.start();
    }

    @AfterEach
    void end() throws Exception {
        Signals.goOn(redis.pid());
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        redis.close();
        rows.clear();
    }

    @Test
    void deliveries_to_a_redis_that_stands_still_wait_without_an_attempt_and_arrive() throws Exception {
        Signals.stop(redis.pid());
        List<MediaId> posts = post();
        awaitWaiting();

        Signals.goOn(redis.pid());

        awaitRow("SELECT count(*) FROM " + UNDONE, "0");
        assertDelivered(posts);
        for (UserId follower : followers) {
            assertThat(stored.media(follower)).as("what was pushed").containsExactlyInAnyOrderElementsOf(posts);
        }
    }

    @Test
    void deliveries_to_a_redis_that_died_wait_without_an_attempt_and_are_shown() throws Exception {
        int port = redis.port();
        ProcessHandle.of(redis.pid()).orElseThrow().destroyForcibly();
        redis.onExit().get(20, TimeUnit.SECONDS);
        List<MediaId> posts = post();
        awaitWaiting();

        redis = EmbeddedRedis.builder(folder.resolve("redis"))
                .bundledProgram()
                .port(port)
                .start();

        awaitRow("SELECT count(*) FROM " + UNDONE, "0");
        assertDelivered(posts);
    }

    /** Every second post is brought by a chunk of its own. */
    private List<MediaId> post() {
        List<MediaId> posts = new ArrayList<>();
        for (int number = 0; number < POSTS; number++) {
            MediaId post = TestMedia.ready(SHARDS.shards(), author);
            posts.add(post);
            Job job = number % 2 == 0
                    ? new FanOutMedia(post.value(), author.value())
                    : new DeliverMedia(post.value(), author.value(), 0, Long.MAX_VALUE, 6, 6);
            ledger.inTransaction(transaction -> {
                transaction.enqueue(job);
                return null;
            });
        }
        return posts;
    }

    /** Until most jobs have been run in vain. */
    private void awaitWaiting() throws InterruptedException {
        awaitRow("SELECT count(*) > " + POSTS / 2 + " FROM " + UNDONE + " WHERE turn > 0", "t");
        assertThat(rows.one("SELECT count(*) FROM " + UNDONE + " WHERE attempt > 0"))
                .as("jobs that Redis cost an attempt")
                .isEqualTo("0");
    }

    private void assertDelivered(List<MediaId> posts) {
        assertThat(rows.count("failed_job")).isZero();
        followers.forEach(follower -> assertThat(page(follower)).containsExactlyInAnyOrderElementsOf(posts));
    }

    private List<MediaId> page(UserId user) {
        return reader.page(user, null, null, 50).media().stream().map(Media::id).toList();
    }

    private void awaitRow(String sql, String wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!wanted.equals(rows.all(sql).get(0))) {
            assertThat(System.nanoTime()).as(sql + " is never " + wanted).isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(20));
        }
    }
}
