package dev.darkroom.feeds;

import dev.darkroom.follows.FollowStore;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaState;
import dev.darkroom.media.MediaStore;
import dev.darkroom.users.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads pages of feeds. What a page shows depends on the follows and media of this moment, never on whether the feed has
 * been cleaned up. Where Redis cannot be reached the databases answer, more slowly. Thread-safe.
 */
public final class FeedReader {

    private static final Logger LOGGER = LoggerFactory.getLogger(FeedReader.class);

    /** What is read beyond a page, so that a few entries that may not be seen don't cost another round. */
    private static final int EXTRA = 5;

    private final FeedStore feeds;
    private final FeedRebuild rebuild;
    private final FollowStore follows;
    private final MediaStore media;

    public FeedReader(FeedStore feeds, FeedRebuild rebuild, FollowStore follows, MediaStore media) {
        this.feeds = feeds;
        this.rebuild = rebuild;
        this.follows = follows;
        this.media = media;
    }

    /**
     * Gives the newest media of the viewer's feed between two ids. One round trip to Redis, then two to PostgreSQL for the
     * media and one for the follows, unless much of the feed may not be seen any more.
     *
     * @param maxId only older ones than this
     * @param minId only newer ones than this
     * @param count most to be given, at least 1
     * @throws FeedsBusyException if the feed has to be rebuilt and too many others have to be, too
     */
    public FeedPage page(UserId viewer, @Nullable MediaId maxId, @Nullable MediaId minId, int count) {
        List<MediaId> candidates = entriesOf(viewer).stream()
                .filter(id -> (maxId == null || id.compareTo(maxId) < 0) && (minId == null || id.compareTo(minId) > 0))
                .toList();
        List<Media> visible = new ArrayList<>();
        int next = 0;
        // One more than wanted says whether a page follows.
        while (next < candidates.size() && visible.size() <= count) {
            int end = Math.min(candidates.size(), next + count + EXTRA);
            visible.addAll(visible(viewer, candidates.subList(next, end)));
            next = end;
        }
        return new FeedPage(visible.subList(0, Math.min(count, visible.size())), visible.size() > count);
    }

    private List<MediaId> entriesOf(UserId viewer) {
        try {
            FeedEntries entries = feeds.read(viewer);
            return entries.complete() ? entries.media() : rebuild.rebuild(viewer);
        } catch (RedisException e) {
            LOGGER.warn("A feed is read from the databases, as Redis does not answer", e);
            return rebuild.withoutRedis(viewer);
        }
    }

    private List<Media> visible(UserId viewer, List<MediaId> ids) {
        Map<MediaId, Media> found = media.findAllFor(viewer, ids);
        Set<UserId> owners = found.values().stream()
                .map(Media::owner)
                .filter(owner -> !owner.equals(viewer))
                .collect(Collectors.toSet());
        Set<UserId> followed = owners.isEmpty() ? Set.of() : follows.followedAmong(viewer, owners);
        return ids.stream()
                .map(found::get)
                .filter(each -> each != null && isVisible(viewer, followed, each))
                .toList();
    }

    private static boolean isVisible(UserId viewer, Set<UserId> followed, Media each) {
        if (each.owner().equals(viewer)) {
            return each.state() != MediaState.REFUSED;
        }
        return each.state() == MediaState.READY && followed.contains(each.owner());
    }
}
