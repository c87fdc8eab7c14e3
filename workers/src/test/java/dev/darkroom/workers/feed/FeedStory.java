package dev.darkroom.workers.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.feeds.FanOutMedia;
import dev.darkroom.feeds.FeedPage;
import dev.darkroom.feeds.FeedReader;
import dev.darkroom.feeds.FeedRebuild;
import dev.darkroom.feeds.FeedStore;
import dev.darkroom.follows.FollowState;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.follows.LargeAuthors;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaStore;
import dev.darkroom.media.TestMedia;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * A random story of a few accounts, told step by step over real databases and a real Redis: who posts, deletes, follows, asks,
 * approves, blocks, hides and reads, which job runs when and how often, and what is lost. The same seed tells the same story.
 */
final class FeedStory {

    private static final int ACCOUNTS = 6;
    private static final int STEPS = 80;

    private final Shards shards;
    private final FeedPlaces places;
    private final Random random;
    private final MediaStore media;
    private final FollowStore follows;
    private final UserStore accounts;
    private final FeedReader reader;
    private final List<UserId> users;
    private final FeedModel model = new FeedModel();
    private final StoryJobs jobs;
    private final List<String> log = new ArrayList<>();

    FeedStory(Shards shards, FeedPlaces places, long seed) {
        this.shards = shards;
        this.places = places;
        this.random = new Random(seed);
        this.media = new MediaStore(shards);
        this.follows = new FollowStore(shards);
        this.accounts = new UserStore(shards);
        // Those of other stories would be asked for by every reader of this one.
        shards.directory().with(handle -> handle.execute("DELETE FROM directory.large_author"));
        FeedStore store = places.store();
        LargeAuthors largeAuthors = new LargeAuthors(shards.directory(), InstantSource.system());
        this.reader = new FeedReader(store, new FeedRebuild(store, follows, media), follows, media, largeAuthors);
        this.users = TestUsers.make(shards, ACCOUNTS);
        this.jobs = new StoryJobs(shards, store, largeAuthors, random, log::add);
    }

    /** Tells the story to its end, when no job is left. */
    void tell() {
        for (int i = 0; i < STEPS; i++) {
            step(random.nextInt(34));
        }
        jobs.finish();
    }

    /** What each account sees, page by page. */
    Map<UserId, List<MediaId>> feeds() {
        return ofEach(this::allPages);
    }

    /** What each should see. */
    Map<UserId, List<MediaId>> expected() {
        return ofEach(model::feedOf);
    }

    /** To whom photos are brought: the copies of the follows. */
    Map<UserId, List<UserId>> followers() {
        return ofEach(user -> follows.followersAfter(user, 0, ACCOUNTS));
    }

    /** To whom they should be. */
    Map<UserId, List<UserId>> expectedFollowers() {
        return ofEach(user -> model.followersOf(user, users));
    }

    private <T> Map<UserId, T> ofEach(Function<UserId, T> what) {
        Map<UserId, T> each = new LinkedHashMap<>();
        users.forEach(user -> each.put(user, what.apply(user)));
        return each;
    }

    private void step(int step) {
        switch (step) {
            case 0, 1, 2, 3 -> post();
            case 4 -> delete();
            case 5, 6, 7, 8 -> follow();
            case 9 -> unfollow();
            case 10 -> block();
            case 11 -> unblock();
            case 12 -> turnPrivate();
            case 13, 14 -> answer();
            case 15, 16, 17 -> read();
            case 18, 19 -> lose();
            case 20 -> jobs.runLate();
            case 21 -> jobs.stall();
            case 22 -> buildSlowly();
            case 23 -> jobs.resume();
            default -> jobs.runSome();
        }
    }

    private void post() {
        UserId owner = user();
        MediaId posted = TestMedia.ready(shards, owner);
        model.post(owner, posted);
        jobs.add(new FanOutMedia(posted.value(), owner.value()));
        note(owner, "posts " + posted);
    }

    private void delete() {
        List<MediaId> photos = model.photos();
        if (!photos.isEmpty()) {
            MediaId victim = photos.get(random.nextInt(photos.size()));
            UserId owner = model.delete(victim);
            media.delete(owner, victim);
            note(owner, "deletes " + victim);
        }
    }

    private void follow() {
        FeedModel.Edge edge = edge();
        note(edge.from(), "follows " + edge.to());
        assertThat(follows.follow(edge.from(), edge.to())).as(this::toString).isEqualTo(model.follow(edge));
    }

    private void unfollow() {
        FeedModel.Edge edge = model.any(FollowState.FOLLOWS, random).orElseGet(this::edge);
        note(edge.from(), "unfollows " + edge.to());
        follows.unfollow(edge.from(), edge.to());
        model.unfollow(edge);
    }

    private void block() {
        FeedModel.Edge edge = edge();
        note(edge.from(), "blocks " + edge.to());
        assertThat(follows.block(edge.from(), edge.to())).as(this::toString).isEqualTo(model.block(edge));
    }

    private void unblock() {
        FeedModel.Edge edge = model.any(FollowState.BLOCKS, random).orElseGet(this::edge);
        note(edge.from(), "unblocks " + edge.to());
        assertThat(follows.unblock(edge.from(), edge.to())).as(this::toString).isEqualTo(model.unblock(edge));
    }

    private void turnPrivate() {
        UserId user = user();
        boolean isPrivate = random.nextInt(3) > 0;
        note(user, isPrivate ? "turns private" : "turns public");
        accounts.setPrivate(user, isPrivate);
        model.setPrivate(user, isPrivate);
    }

    private void answer() {
        FeedModel.Edge asking = model.any(FollowState.REQUESTED, random).orElseGet(this::edge);
        boolean granted = random.nextInt(4) > 0;
        note(asking.to(), (granted ? "approves " : "ignores ") + asking.from());
        if (granted) {
            follows.approve(asking.to(), asking.from());
        } else {
            follows.ignore(asking.to(), asking.from());
        }
        model.answer(asking, granted);
    }

    /** Whatever jobs are still to come, nobody sees what is not for them. */
    private void read() {
        UserId viewer = user();
        note(viewer, "reads");
        assertThat(ids(reader.page(viewer, null, null, 1 + random.nextInt(4))))
                .as(this::toString)
                .isSubsetOf(model.feedOf(viewer));
    }

    private void lose() {
        UserId user = user();
        note(user, places.lose(user, random));
    }

    /** A reader who has read the databases and is stopped before the feed is completed. */
    private void buildSlowly() {
        UserId user = user();
        jobs.stop(places.stored().buildSlowly(places.store(), media, follows, user));
        note(user, "begins to build and is stopped");
    }

    private List<MediaId> allPages(UserId viewer) {
        int size = 1 + random.nextInt(6);
        FeedPage page = reader.page(viewer, null, null, size);
        List<MediaId> found = new ArrayList<>(ids(page));
        while (page.more()) {
            page = reader.page(viewer, found.get(found.size() - 1), null, size);
            found.addAll(ids(page));
        }
        return found;
    }

    private static List<MediaId> ids(FeedPage page) {
        return page.media().stream().map(Media::id).toList();
    }

    private UserId user() {
        return users.get(random.nextInt(users.size()));
    }

    private FeedModel.Edge edge() {
        return new FeedModel.Edge(user(), user());
    }

    private void note(UserId who, String what) {
        log.add(who + " " + what);
    }

    @Override
    public String toString() {
        return String.join("\n", log);
    }
}
