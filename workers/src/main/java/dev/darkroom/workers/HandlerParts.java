package dev.darkroom.workers;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.feeds.FeedSettings;
import dev.darkroom.feeds.FeedStore;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.media.InstalledDecoders;
import dev.darkroom.media.MediaStore;
import dev.darkroom.media.PhotoLimits;
import dev.darkroom.media.PhotoStorage;
import dev.darkroom.redis.RedisClients;
import dev.darkroom.shards.Shards;
import dev.darkroom.workers.media.picture.Renderer;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;

/**
 * What handlers need, each opened when first asked for: a process whose types never touch Redis has no Redis client. Used
 * by one thread, at start and at stop.
 */
final class HandlerParts {

    private static final int REDIS_CONNECTIONS = 2;

    private final PartsConfiguration configuration;
    private final Shards shards;
    private @Nullable RedissonClient redis;
    private @Nullable PhotoStorage storage;

    HandlerParts(PartsConfiguration configuration, Shards shards) {
        this.configuration = configuration;
        this.shards = shards;
    }

    MediaStore media() {
        return new MediaStore(shards);
    }

    FollowStore follows() {
        return new FollowStore(shards);
    }

    FeedStore feeds() {
        if (redis == null) {
            redis = RedisClients.open(configuration.redis().feeds(), REDIS_CONNECTIONS);
        }
        return new FeedStore(redis, FeedSettings.DEFAULT);
    }

    PhotoStorage storage() {
        if (storage == null) {
            storage = PhotoStorage.open(configuration.s3());
        }
        return storage;
    }

    Renderer renderer() {
        return Renderer.open(PhotoLimits.DEFAULT, configuration.mediaOrDefault(), InstalledDecoders.find());
    }

    void close() {
        if (redis != null) {
            redis.shutdown();
        }
        if (storage != null) {
            storage.close();
        }
        shards.close();
    }
}
