package dev.darkroom.feeds;

import dev.darkroom.media.MediaId;
import dev.darkroom.redis.RedisClients;
import dev.darkroom.testing.RedisExtension;
import dev.darkroom.users.UserId;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** A feed store of small feeds over a test's Redis, and sight of what lies in it. */
final class FeedFixture implements AutoCloseable {

    static final UserId ANA = new UserId(1L << 40 | 1);
    static final UserId BEN = new UserId(1L << 40 | 2);

    /** Ten entries and a slack of two, so that trimming shows. */
    static final FeedSettings SMALL =
            new FeedSettings(10, 2, Duration.ofDays(30), Duration.ofSeconds(10), Duration.ofDays(1), 3);

    final RedissonClient redis;
    final FeedStore store;

    FeedFixture(RedisExtension extension, FeedSettings settings) {
        redis = RedisClients.open("127.0.0.1:" + extension.port(), 4);
        store = new FeedStore(redis, settings);
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

    /** Builds a feed as a reader would. */
    void build(UserId user, List<MediaId> media) {
        store.begin(user, "fixture");
        store.complete(user, "fixture", media);
    }

    List<String> entries(UserId user) {
        return redis.<String>getList(FeedKeys.feed(user), StringCodec.INSTANCE).readAll();
    }

    Duration lifeOf(UserId user) {
        return Duration.ofMillis(redis.getList(FeedKeys.feed(user)).remainTimeToLive());
    }

    @Override
    public void close() {
        redis.shutdown();
    }
}
