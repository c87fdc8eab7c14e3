package dev.darkroom.feeds;

import dev.darkroom.follows.FollowStore;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaStore;
import dev.darkroom.users.UserId;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Rebuilds a feed from the databases: the newest media of those whom the user follows, and of the user. At most so many at
 * once, as after a restart of Redis every feed is missing. Thread-safe.
 */
public final class FeedRebuild {

    private final FeedStore feeds;
    private final FollowStore follows;
    private final MediaStore media;
    private final RebuildPlaces places;

    public FeedRebuild(FeedStore feeds, FollowStore follows, MediaStore media) {
        this.feeds = feeds;
        this.follows = follows;
        this.media = media;
        this.places = new RebuildPlaces(feeds.firstNode(), RebuildPlaces.Limits.DEFAULT);
    }

    /**
     * Rebuilds the feed in Redis. While another reader does so the feed is read from the databases and not written.
     *
     * @return what the feed holds
     * @throws FeedsBusyException if too many feeds are being rebuilt
     */
    FeedEntries rebuild(UserId user) {
        return places.amongAll(() -> {
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
        return places.here(() -> fromDatabase(user));
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
}
