package dev.darkroom.workers.feed;

import dev.darkroom.config.RedisConfiguration;
import dev.darkroom.feeds.DeliverMedia;
import dev.darkroom.feeds.FanOutMedia;
import dev.darkroom.feeds.FeedNodes;
import dev.darkroom.feeds.FeedPage;
import dev.darkroom.feeds.FeedReader;
import dev.darkroom.feeds.FeedRebuild;
import dev.darkroom.feeds.FeedSettings;
import dev.darkroom.feeds.FeedStore;
import dev.darkroom.feeds.MergeIntoFeed;
import dev.darkroom.feeds.RemoveFromFeed;
import dev.darkroom.feeds.StoredFeeds;
import dev.darkroom.follows.FollowAnswer;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.follows.LargeAuthors;
import dev.darkroom.follows.MirrorFollow;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaStore;
import dev.darkroom.media.TestMedia;
import dev.darkroom.shards.Shards;
import dev.darkroom.testing.RedisExtension;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserId;
import dev.darkroom.workers.Outcomes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A random story of a few accounts, told step by step over real databases and a real Redis: who posts, deletes, follows and
 * reads, which job runs when and how often, and what is lost. The same seed tells the same story.
 */
final class FeedStory implements AutoCloseable {

    private static final int ACCOUNTS = 6;
    private static final int STEPS = 60;
    private static final int CHUNK = 2;

    /** So many followers make a large author. */
    private static final int LARGE = 4;

    /** Feeds so short that they are trimmed, and calls so small that a chunk takes several. */
    private static final FeedSettings SMALL =
            new FeedSettings(5, 1, Duration.ofDays(30), Duration.ofSeconds(10), Duration.ofDays(1), 2);

    private record Edge(UserId follower, UserId followee) {}

    private final Shards shards;
    private final RedisExtension redis;
    private final Random random;
    private final FeedNodes nodes;
    private final StoredFeeds stored;
    private final MediaStore media;
    private final FollowStore follows;
    private final FeedStore store;
    private final FeedReader reader;
    private final LargeAuthors largeAuthors;
    private final List<UserId> users;

    /** The model: what was posted and not deleted, and who follows whom. */
    private final Map<MediaId, UserId> posts = new LinkedHashMap<>();

    private final Set<Edge> edges = new HashSet<>();

    /** Jobs that are to be done, and some that were, for runs that come too late. */
    private final List<Job> jobs = new ArrayList<>();

    private final List<Job> done = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    FeedStory(Shards shards, RedisExtension redis, long seed) {
        this.shards = shards;
        this.redis = redis;
        this.random = new Random(seed);
        this.nodes = FeedNodes.open(new RedisConfiguration(List.of("127.0.0.1:" + redis.port()), 0), 2);
        this.stored = new StoredFeeds(redis.port());
        this.media = new MediaStore(shards);
        this.follows = new FollowStore(shards);
        this.store = new FeedStore(nodes, SMALL);
        this.largeAuthors = new LargeAuthors(shards.directory(), InstantSource.system());
        this.reader = new FeedReader(store, new FeedRebuild(store, follows, media), follows, media, largeAuthors);
        this.users = TestUsers.make(shards, ACCOUNTS);
    }

    /** Tells the story to its end, when no job is left. */
    void tell() {
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        while (!jobs.isEmpty()) {
            runSome();
        }
    }

    /** What each account sees, page by page. */
    Map<UserId, List<MediaId>> feeds() {
        Map<UserId, List<MediaId>> feeds = new LinkedHashMap<>();
        users.forEach(user -> feeds.put(user, allPages(user)));
        return feeds;
    }

    /** What each should see. */
    Map<UserId, List<MediaId>> expected() {
        Map<UserId, List<MediaId>> feeds = new LinkedHashMap<>();
        for (UserId user : users) {
            feeds.put(
                    user,
                    posts.entrySet().stream()
                            .filter(post ->
                                    post.getValue().equals(user) || edges.contains(new Edge(user, post.getValue())))
                            .map(Map.Entry::getKey)
                            .sorted(Comparator.reverseOrder())
                            .toList());
        }
        return feeds;
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> post();
            case 4 -> delete();
            case 5, 6, 7 -> follow();
            case 8, 9 -> unfollow();
            case 10, 11, 12 -> read();
            case 13 -> lose();
            case 14 -> runLate();
            default -> runSome();
        }
    }

    private void post() {
        UserId owner = user();
        MediaId posted = TestMedia.ready(shards, owner);
        posts.put(posted, owner);
        jobs.add(new FanOutMedia(posted.value(), owner.value()));
        note("posts " + posted, owner);
    }

    private void delete() {
        if (!posts.isEmpty()) {
            MediaId victim = List.copyOf(posts.keySet()).get(random.nextInt(posts.size()));
            UserId owner = posts.remove(victim);
            media.delete(owner, victim);
            note("deletes " + victim, owner);
        }
    }

    private void follow() {
        Edge edge = new Edge(user(), user());
        if (follows.follow(edge.follower(), edge.followee()) == FollowAnswer.CHANGED) {
            edges.add(edge);
            jobs.add(new MirrorFollow(edge.follower().value(), edge.followee().value()));
            note("follows " + edge.followee(), edge.follower());
        }
    }

    private void unfollow() {
        Edge edge = new Edge(user(), user());
        if (follows.unfollow(edge.follower(), edge.followee()) == FollowAnswer.CHANGED) {
            edges.remove(edge);
            jobs.add(new MirrorFollow(edge.follower().value(), edge.followee().value()));
            note("unfollows " + edge.followee(), edge.follower());
        }
    }

    private void read() {
        UserId viewer = user();
        reader.page(viewer, null, null, 1 + random.nextInt(4));
        note("reads", viewer);
    }

    private void lose() {
        UserId user = user();
        switch (random.nextInt(4)) {
            case 0 -> {
                flush();
                note("finds Redis empty", user);
            }
            case 1 -> {
                stored.beginAndDie(store, user);
                note("begins to build and dies", user);
            }
            case 2 -> {
                stored.forgetBuilder(user);
                note("takes too long to build", user);
            }
            default -> {
                stored.lose(user);
                note("loses the feed", user);
            }
        }
    }

    private void flush() {
        try {
            redis.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run that had been stopped goes on when the job is long done: its outcome counts no more. */
    private void runLate() {
        if (!done.isEmpty()) {
            Job job = done.get(random.nextInt(done.size()));
            handle(job, Outcomes.FIRST_RUN);
            note("runs late: " + job, null);
        }
    }

    private void runSome() {
        if (jobs.isEmpty()) {
            return;
        }
        Job job = jobs.get(random.nextInt(jobs.size()));
        JobContext context = random.nextInt(3) == 0 ? Outcomes.SECOND_RUN : Outcomes.FIRST_RUN;
        Outcome outcome = handle(job, context);
        if (random.nextInt(4) == 0) {
            note("dies after " + job, null);
            return;
        }
        jobs.remove(job);
        done.add(job);
        note("does " + job, null);
        if (outcome instanceof Outcome.Done) {
            jobs.addAll(Outcomes.complete(shards, home(job).shard(), outcome));
        }
    }

    private Outcome handle(Job job, JobContext context) {
        if (job instanceof FanOutMedia fanOut) {
            return new FanOutHandler(media, follows, store, largeAuthors, LARGE, CHUNK).handle(fanOut, context);
        }
        if (job instanceof DeliverMedia deliver) {
            return new DeliverHandler(media, follows, store).handle(deliver, context);
        }
        if (job instanceof MirrorFollow mirror) {
            return new MirrorFollowHandler(follows).handle(mirror, context);
        }
        if (job instanceof MergeIntoFeed merge) {
            return new MergeHandler(media, follows, store).handle(merge, context);
        }
        if (job instanceof RemoveFromFeed remove) {
            return new RemoveHandler(follows, store).handle(remove, context);
        }
        throw new IllegalStateException("No handler for " + job);
    }

    /** On whose shard a job lies. */
    private static UserId home(Job job) {
        if (job instanceof FanOutMedia fanOut) {
            return new UserId(fanOut.author());
        }
        if (job instanceof DeliverMedia deliver) {
            return new UserId(deliver.author());
        }
        if (job instanceof MirrorFollow mirror) {
            return new UserId(mirror.follower());
        }
        if (job instanceof MergeIntoFeed merge) {
            return new UserId(merge.follower());
        }
        return new UserId(((RemoveFromFeed) job).follower());
    }

    private List<MediaId> allPages(UserId viewer) {
        int size = 1 + random.nextInt(6);
        List<MediaId> ids = new ArrayList<>();
        FeedPage page = reader.page(viewer, null, null, size);
        page.media().stream().map(Media::id).forEach(ids::add);
        while (page.more()) {
            page = reader.page(viewer, ids.get(ids.size() - 1), null, size);
            page.media().stream().map(Media::id).forEach(ids::add);
        }
        return ids;
    }

    private UserId user() {
        return users.get(random.nextInt(users.size()));
    }

    private void note(String what, @Nullable UserId who) {
        log.add(who == null ? what : who + " " + what);
    }

    @Override
    public String toString() {
        return String.join("\n", log);
    }

    @Override
    public void close() {
        stored.close();
        nodes.close();
    }
}
