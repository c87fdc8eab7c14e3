package dev.darkroom.workers.feed;

import dev.darkroom.config.RedisConfiguration;
import dev.darkroom.feeds.FeedNodes;
import dev.darkroom.feeds.FeedSettings;
import dev.darkroom.feeds.FeedStore;
import dev.darkroom.feeds.StoredFeeds;
import dev.darkroom.testing.RedisExtension;
import dev.darkroom.users.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The Redis server of stories, where feeds are short and sometimes lost. */
final class FeedPlaces implements AutoCloseable {

    /** Feeds so short that they are trimmed, and calls so small that a chunk takes several. */
    private static final FeedSettings SMALL =
            new FeedSettings(5, 1, Duration.ofDays(30), Duration.ofSeconds(10), Duration.ofDays(1), 2);

    private final RedisExtension redis;
    private final FeedNodes nodes;
    private final StoredFeeds stored;
    private final FeedStore store;

    FeedPlaces(RedisExtension redis) {
        this.redis = redis;
        this.nodes = FeedNodes.open(new RedisConfiguration(List.of("127.0.0.1:" + redis.port()), 0), 2);
        this.stored = new StoredFeeds(redis.port());
        this.store = new FeedStore(nodes, SMALL);
    }

    FeedStore store() {
        return store;
    }

    StoredFeeds stored() {
        return stored;
    }

    /** Something of what may be lost is. Says what. */
    String lose(UserId user, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> {
                flush();
                return "finds Redis empty";
            }
            case 1 -> {
                stored.beginAndDie(store, user);
                return "begins to build and dies";
            }
            case 2 -> {
                stored.forgetBuilder(user);
                return "takes too long to build";
            }
            default -> {
                stored.lose(user);
                return "loses the feed";
            }
        }
    }

    private void flush() {
        try {
            redis.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stored.close();
        nodes.close();
    }
}
