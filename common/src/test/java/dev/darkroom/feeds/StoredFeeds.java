package dev.darkroom.feeds;

import dev.darkroom.follows.FollowStore;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaStore;
import dev.darkroom.redis.RedisClients;
import dev.darkroom.users.UserId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Sight of what lies in a Redis server with feeds, past the code that writes it. */
public final class StoredFeeds implements AutoCloseable {

    private final RedissonClient redis;

    public StoredFeeds(int port) {
        redis = RedisClients.open("127.0.0.1:" + port, 2);
    }

    RedissonClient redis() {
        return redis;
    }

    /** What the keys of now begin with, once any feed was looked at. */
    String prefix() {
        return "feed:"
                + redis.<String, String>getMap("feed:generation", StringCodec.INSTANCE)
                        .get("name") + ":0:";
    }

    String key(UserId user) {
        return prefix() + user;
    }

    /** The list, the floor last. */
    public List<String> entries(UserId user) {
        return redis.<String>getList(key(user), StringCodec.INSTANCE).readAll();
    }

    /** The media in the list, as they lie there. */
    public List<MediaId> media(UserId user) {
        List<String> entries = entries(user);
        return entries.subList(0, Math.max(0, entries.size() - 1)).stream()
                .map(entry -> new MediaId(Long.parseLong(entry)))
                .toList();
    }

    Duration lifeOf(UserId user) {
        return Duration.ofMillis(redis.getList(key(user)).remainTimeToLive());
    }

    /** As a reader who dies while building the feed. */
    public void beginAndDie(FeedStore store, UserId user) {
        store.begin(user, "dies");
    }

    /** As a reader who has begun to build the feed and read the databases: what is returned goes on and completes it. */
    public Runnable buildSlowly(FeedStore store, MediaStore media, FollowStore follows, UserId user) {
        String owner = UUID.randomUUID().toString();
        if (!store.begin(user, owner)) {
            return () -> {};
        }
        List<UserId> sources = Stream.concat(follows.followeesOf(user).stream(), Stream.of(user))
                .toList();
        FeedEntries found = FeedEntries.fromDatabase(media.recentIdsOf(sources, store.kept()), store.kept());
        return () -> store.complete(user, owner, found);
    }

    /** As when a builder's time is over. */
    public void forgetBuilder(UserId user) {
        redis.getBucket(prefix() + "building:" + user).delete();
    }

    /** As when Redis had no room for the list any more. */
    public void lose(UserId user) {
        redis.getList(key(user)).delete();
    }

    @Override
    public void close() {
        redis.shutdown();
    }
}
