package dev.darkroom.feeds;

import dev.darkroom.follows.FollowStore;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaStore;
import dev.darkroom.users.UserId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Rebuilds a feed from the databases: the newest media of those whom the user follows, and of the user. At most so many at
 * once in this process, as after a restart of Redis every feed is missing. Thread-safe.
 */
public final class FeedRebuild {

    /** At once, in one process. */
    private static final int SLOTS = 8;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final FeedStore feeds;
    private final FollowStore follows;
    private final MediaStore media;
    private final Semaphore slots = new Semaphore(SLOTS);

    public FeedRebuild(FeedStore feeds, FollowStore follows, MediaStore media) {
        this.feeds = feeds;
        this.follows = follows;
        this.media = media;
    }

    /**
     * Rebuilds the feed in Redis. While another reader does so the feed is read from the databases and not written.
     *
     * @return what the feed holds
     * @throws FeedsBusyException if too many feeds are being rebuilt
     */
    FeedEntries rebuild(UserId user) {
        return limited(() -> {
            String owner = UUID.randomUUID().toString();
            boolean building = feeds.begin(user, owner);
            FeedEntries found = fromDatabase(user);
            if (building) {
                feeds.complete(user, owner, found);
            }
            return found;
        });
    }

    /** Reads the feed from the databases alone, as when Redis is away. */
    FeedEntries withoutRedis(UserId user) {
        return limited(() -> fromDatabase(user));
    }

    /** The media of a feed that are older than an id, newest first. */
    List<MediaId> older(UserId user, long below, int count) {
        return media.olderIdsOf(sources(user), below, count);
    }

    private FeedEntries fromDatabase(UserId user) {
        int kept = feeds.kept();
        return FeedEntries.fromDatabase(media.recentIdsOf(sources(user), kept), kept);
    }

    private List<UserId> sources(UserId user) {
        return Stream.concat(follows.followeesOf(user).stream(), Stream.of(user))
                .toList();
    }

    private FeedEntries limited(Rebuilding rebuilding) {
        acquireSlot();
        try {
            return rebuilding.run();
        } finally {
            slots.release();
        }
    }

    private void acquireSlot() {
        try {
            if (!slots.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new FeedsBusyException("Too many feeds are being rebuilt; try again in a moment");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FeedsBusyException("Stopped while waiting to rebuild a feed; try again");
        }
    }

    private interface Rebuilding {
        FeedEntries run();
    }
}
