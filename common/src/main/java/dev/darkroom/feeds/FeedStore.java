package dev.darkroom.feeds;

import dev.darkroom.media.MediaId;
import dev.darkroom.users.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The feeds in Redis: a list of media ids for each user who looked at it lately. What it holds is a copy that is rebuilt
 * when it is missing; {@link FeedReader} decides what of it is shown. Thread-safe. Where Redis
 * cannot be reached its methods fail with {@link org.redisson.client.RedisException}, and may be repeated.
 */
public final class FeedStore {

    private final FeedSettings settings;
    private final FeedNodes nodes;
    private final FeedPush push;

    /** Does not own the nodes. */
    public FeedStore(FeedNodes nodes, FeedSettings settings) {
        this.settings = settings;
        this.nodes = nodes;
        this.push = new FeedPush(nodes, settings);
    }

    /**
     * Puts a media at the head of the feeds that exist; creates none. One round trip to each node for any number of feeds. A
     * repeated run adds nothing that is there already, also if the run before it is still under way.
     *
     * @return in how many of the feeds the media is now
     */
    public int push(DeliveryRun run, Collection<UserId> users) {
        return push.push(run, users);
    }

    /**
     * Puts the newest media of an account into a feed, each at its place, if the feed exists. One round trip.
     *
     * @param newest {@link #kept()} of them, newest first; if they are fewer there are no more
     */
    public void insert(UserId user, List<MediaId> newest) {
        merge("", user, FeedEntries.fromDatabase(newest, settings.kept()));
    }

    /**
     * Forgets a feed, which is then built again when somebody looks at it. Always right, whatever goes on with the feed at the
     * moment. One round trip.
     */
    public void forget(UserId user) {
        nodes.of(user).number(LuaScript.FORGET, keys(user), List.of());
    }

    /** Reads a feed and lets it live on. One round trip. */
    FeedEntries read(UserId user) {
        return FeedEntries.of(nodes.of(user)
                .entries(
                        LuaScript.READ,
                        keys(user),
                        List.of(Long.toString(settings.life().toSeconds()))));
    }

    /**
     * Whether so little is left above a feed's floor that it is better built anew. It wears off when entries that came late are
     * cut off: they raise the floor above others.
     */
    boolean isWorn(FeedEntries entries) {
        return entries.floor() > 0 && entries.media().size() < settings.kept() / 2;
    }

    /**
     * Begins to build a feed: from now on deliveries to it are kept. To be called before the database is read.
     *
     * @param owner names whoever wants to build
     * @return false if another is building it, or if it is complete
     */
    boolean begin(UserId user, String owner) {
        long begun = nodes.of(user)
                .number(
                        LuaScript.BEGIN,
                        keys(user),
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
    boolean complete(UserId user, String owner, FeedEntries found) {
        return merge(owner, user, found);
    }

    /** Holds what all processes share, whatever the feed. */
    Scripts firstNode() {
        return nodes.first();
    }

    /** Whether all servers answer, each within a second. */
    public boolean isAnswering() {
        return nodes.areAnswering();
    }

    /** How many entries of a feed are kept. */
    public int kept() {
        return settings.kept();
    }

    private boolean merge(String owner, UserId user, FeedEntries found) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(owner);
        arguments.add(Integer.toString(settings.kept()));
        arguments.add(Long.toString(settings.life().toSeconds()));
        arguments.add(Long.toString(found.floor()));
        found.media().forEach(id -> arguments.add(id.toString()));
        return nodes.of(user).number(LuaScript.MERGE, keys(user), arguments) == 1;
    }

    private static List<Object> keys(UserId user) {
        return List.of(user.toString());
    }
}
