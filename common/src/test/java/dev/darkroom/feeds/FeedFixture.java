package dev.darkroom.feeds;

import dev.darkroom.config.RedisConfiguration;
import dev.darkroom.media.MediaId;
import dev.darkroom.testing.RedisExtension;
import dev.darkroom.users.UserId;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.redisson.client.codec.StringCodec;

/** A feed store of small feeds over a test's Redis, and sight of what lies in it. */
final class FeedFixture implements AutoCloseable {

    static final UserId ANA = new UserId(1L << 40 | 1);
    static final UserId BEN = new UserId(1L << 40 | 2);

    /** Ten entries and a slack of two, so that trimming shows. */
    static final FeedSettings SMALL =
            new FeedSettings(10, 2, Duration.ofDays(30), Duration.ofSeconds(10), Duration.ofDays(1), 3);

    final FeedNodes nodes;
    final StoredFeeds stored;
    final FeedStore store;

    FeedFixture(RedisExtension extension, FeedSettings settings) {
        nodes = FeedNodes.open(new RedisConfiguration(List.of("127.0.0.1:" + extension.port()), 0), 4);
        stored = new StoredFeeds(extension.port());
        store = new FeedStore(nodes, settings);
    }

    static MediaId media(long number) {
        return new MediaId(number);
    }

    static List<MediaId> mediaDown(long from, long to) {
        return LongStream.iterate(from, number -> number >= to, number -> number - 1)
                .mapToObj(MediaId::new)
                .toList();
    }

    static DeliveryRun firstRun(long media) {
        return new DeliveryRun(media(media), 0, false);
    }

    /** Builds a feed as a reader would who found these and no others. */
    void build(UserId user, List<MediaId> media) {
        store.begin(user, "fixture");
        store.complete(user, "fixture", new FeedEntries(true, media, 0));
    }

    List<String> entries(UserId user) {
        return stored.entries(user);
    }

    void forgetBuilder(UserId user) {
        stored.forgetBuilder(user);
    }

    /** The mark of a delivery's chunk. */
    String markOf(DeliveryRun run) {
        return stored.redis()
                .<String>getBucket(keyOf(run), StringCodec.INSTANCE)
                .get();
    }

    Duration lifeOf(DeliveryRun run) {
        return Duration.ofMillis(stored.redis().getBucket(keyOf(run)).remainTimeToLive());
    }

    private String keyOf(DeliveryRun run) {
        return stored.prefix() + "delivery:" + run.media() + ":" + run.chunk();
    }

    @Override
    public void close() {
        stored.close();
        nodes.close();
    }
}
