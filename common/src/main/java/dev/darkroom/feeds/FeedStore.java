package dev.darkroom.feeds;

import dev.darkroom.media.MediaId;
import dev.darkroom.users.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.redisson.api.RedissonClient;

/**
 * The feeds in Redis: a list of media ids for each user who looked at it lately. What it holds is a copy that is rebuilt
 * when it is missing; {@link FeedReader} decides what of it is shown. Thread-safe; does not own the client. Where Redis
 * cannot be reached its methods fail with {@link org.redisson.client.RedisException}, and may be repeated.
 */
public final class FeedStore {

    private final FeedSettings settings;
    private final Scripts scripts;
    private final FeedPush push;

    public FeedStore(RedissonClient redis, FeedSettings settings) {
        this.settings = settings;
        this.scripts = new Scripts(redis);
        this.push = new FeedPush(scripts, settings);
    }

    /**
     * Puts a media at the head of the feeds that exist; creates none. One round trip for any number of feeds. A repeated run
     * adds nothing that is there already, also if the run before it is still under way.
     *
     * @return in how many of the feeds the media is now
     */
    public int push(DeliveryRun run, Collection<UserId> users) {
        return push.push(run, users);
    }

    /** Puts older media into a feed, each at its place, if the feed exists. One round trip. */
    public void insert(UserId user, Collection<MediaId> media) {
        merge("", user, media);
    }

    /** Takes media out of a feed. One round trip. */
    public void remove(UserId user, Collection<MediaId> media) {
        if (!media.isEmpty()) {
            scripts.number(LuaScript.REMOVE, List.of(FeedKeys.feed(user)), decimals(media.stream()));
        }
    }

    /** All media in a feed, whether or not they may be seen, newest first; none if there is no feed. One round trip. */
    public List<MediaId> mediaIn(UserId user) {
        return read(user).media();
    }

    /** Reads a feed and lets it live on. */
    FeedEntries read(UserId user) {
        List<String> entries = scripts.entries(
                LuaScript.READ,
                List.of(FeedKeys.feed(user)),
                List.of(Long.toString(settings.life().toSeconds())));
        return FeedEntries.of(entries);
    }

    /**
     * Begins to build a feed: from now on deliveries to it are kept. To be called before the database is read.
     *
     * @param owner names whoever wants to build
     * @return false if another is building it, or if it is complete
     */
    boolean begin(UserId user, String owner) {
        long begun = scripts.number(
                LuaScript.BEGIN,
                List.of(FeedKeys.feed(user), FeedKeys.building(user)),
                List.of(
                        owner,
                        Long.toString(settings.building().toMillis()),
                        Long.toString(settings.life().toSeconds())));
        return begun == 1;
    }

    /**
     * Completes a feed that {@link #begin} began, with what was delivered in between.
     *
     * @return false if nothing was written, as the owner took too long and another has begun
     */
    boolean complete(UserId user, String owner, Collection<MediaId> media) {
        return merge(owner, user, media);
    }

    /** How many entries of a feed are kept. */
    public int kept() {
        return settings.kept();
    }

    private boolean merge(String owner, UserId user, Collection<MediaId> media) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(owner);
        arguments.add(Integer.toString(settings.kept()));
        arguments.add(Long.toString(settings.life().toSeconds()));
        arguments.addAll(decimals(
                media.stream().sorted(Comparator.reverseOrder()).distinct().limit(settings.kept())));
        long written =
                scripts.number(LuaScript.MERGE, List.of(FeedKeys.feed(user), FeedKeys.building(user)), arguments);
        return written == 1;
    }

    private static List<Object> decimals(Stream<MediaId> media) {
        return media.<Object>map(MediaId::toString).toList();
    }
}
