package dev.darkroom.feeds;

import dev.darkroom.follows.FollowStore;
import dev.darkroom.follows.LargeAuthors;
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
    private final LargeAuthors largeAuthors;

    public FeedReader(
            FeedStore feeds, FeedRebuild rebuild, FollowStore follows, MediaStore media, LargeAuthors largeAuthors) {
        this.feeds = feeds;
        this.rebuild = rebuild;
        this.follows = follows;
        this.media = media;
        this.largeAuthors = largeAuthors;
    }

    /**
     * Gives the newest media of the viewer's feed between two ids. One round trip to Redis, then two to PostgreSQL for the
     * media and one for the follows; two more for a viewer who follows a large author; more if much of the feed may not be seen
     * any more.
     *
     * @param maxId only older ones than this
     * @param minId only newer ones than this
     * @param count most to be given, at least 1
     * @throws FeedsBusyException if the feed has to be rebuilt and too many others have to be, too
     */
    public FeedPage page(UserId viewer, @Nullable MediaId maxId, @Nullable MediaId minId, int count) {
        long below = maxId == null ? Long.MAX_VALUE : maxId.value();
        long above = minId == null ? 0 : minId.value();
        FeedEntries feed = withLargeAuthors(viewer, entriesOf(viewer));
        List<Media> visible = new ArrayList<>();
        List<MediaId> candidates =
                feed.media().stream().filter(id -> id.value() < below).toList();
        // One more than wanted says whether a page follows.
        for (int next = 0; next < candidates.size() && visible.size() <= count; ) {
            int end = Math.min(candidates.size(), next + count + EXTRA);
            visible.addAll(visible(viewer, candidates.subList(next, end), above));
            next = end;
        }
        addOlder(viewer, visible, Math.min(below, feed.floor() + 1), above, count);
        return new FeedPage(visible.subList(0, Math.min(count, visible.size())), visible.size() > count);
    }

    /** Fills a page with what was cut off the feed. */
    private void addOlder(UserId viewer, List<Media> visible, long from, long above, int count) {
        long below = from;
        int asked = count + EXTRA;
        while (visible.size() <= count && below > above + 1) {
            List<MediaId> older = rebuild.older(viewer, below, asked);
            visible.addAll(visible(viewer, older, above));
            if (older.size() < asked) {
                return;
            }
            below = older.get(older.size() - 1).value();
        }
    }

    /** Adds what was not brought to this feed because its author has too many followers. */
    private FeedEntries withLargeAuthors(UserId viewer, FeedEntries entries) {
        Set<UserId> large = largeAuthors.all();
        Set<UserId> followed = large.isEmpty() ? Set.of() : follows.followedAmong(viewer, large);
        if (followed.isEmpty()) {
            return entries;
        }
        int asked = feeds.kept();
        return entries.with(FeedEntries.fromDatabase(media.recentIdsOf(followed, asked), asked));
    }

    private FeedEntries entriesOf(UserId viewer) {
        try {
            FeedEntries entries = feeds.read(viewer);
            if (entries.built() && feeds.isWorn(entries)) {
                feeds.forget(viewer);
                return rebuild.rebuild(viewer);
            }
            return entries.built() ? entries : rebuild.rebuild(viewer);
        } catch (RedisException e) {
            LOGGER.warn("A feed is read from the databases, as Redis does not answer: {}", e.toString());
            return rebuild.withoutRedis(viewer);
        }
    }

    private List<Media> visible(UserId viewer, List<MediaId> candidates, long above) {
        List<MediaId> ids = candidates.stream().filter(id -> id.value() > above).toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        return visible(viewer, ids);
    }

    private List<Media> visible(UserId viewer, List<MediaId> ids) {
        Map<MediaId, Media> found = media.findAll(ids);
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
