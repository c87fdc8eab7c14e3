package dev.darkroom.workers;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.feeds.FeedNodes;
import dev.darkroom.feeds.FeedSettings;
import dev.darkroom.feeds.FeedStore;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.follows.LargeAuthors;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.media.InstalledDecoders;
import dev.darkroom.media.MediaStore;
import dev.darkroom.media.PhotoLimits;
import dev.darkroom.media.PhotoStorage;
import dev.darkroom.media.sweep.PhotoSweep;
import dev.darkroom.shards.MovedJobs;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.UnfinishedSignUps;
import dev.darkroom.workers.feed.WaitForRedis;
import dev.darkroom.workers.media.picture.Renderer;
import java.time.InstantSource;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What handlers need, each opened when first asked for: a process whose types never touch Redis has no Redis client. Used
 * by one thread, at start and at stop.
 */
final class HandlerParts {

    private static final int REDIS_CONNECTIONS = 2;

    private final PartsConfiguration configuration;
    private final Shards shards;
    private @Nullable FeedNodes nodes;
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

    LargeAuthors largeAuthors() {
        return new LargeAuthors(shards.directory(), InstantSource.system());
    }

    int largeAudience() {
        return configuration.feedsOrDefault().largeAudience();
    }

    FeedStore feeds() {
        if (nodes == null) {
            nodes = FeedNodes.open(configuration.redis(), REDIS_CONNECTIONS);
        }
        return new FeedStore(nodes, FeedSettings.DEFAULT);
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

    UnfinishedSignUps unfinishedSignUps() {
        return new UnfinishedSignUps(shards);
    }

    PhotoSweep photoSweep() {
        return new PhotoSweep(shards, storage());
    }

    /** The handler, for jobs that are where their shard is; the others are taken over. */
    <J extends Job> JobHandler<J> atHome(ToLongFunction<J> subject, JobHandler<J> handler) {
        return new AtHome<>(new MovedJobs(shards), subject, handler);
    }

    /** The handler of a job that needs Redis: it waits while that is away. */
    <J extends Job> JobHandler<J> withRedis(JobHandler<J> handler) {
        return new WaitForRedis<>(feeds(), handler);
    }

    void close() {
        if (nodes != null) {
            nodes.close();
        }
        if (storage != null) {
            storage.close();
        }
        shards.close();
    }
}
