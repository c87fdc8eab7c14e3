package dev.darkroom.workers.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.config.RedisConfiguration;
import dev.darkroom.feeds.DeliverMedia;
import dev.darkroom.feeds.DeliveryRun;
import dev.darkroom.feeds.FanOutMedia;
import dev.darkroom.feeds.FeedNodes;
import dev.darkroom.feeds.FeedReader;
import dev.darkroom.feeds.FeedRebuild;
import dev.darkroom.feeds.FeedSettings;
import dev.darkroom.feeds.FeedStore;
import dev.darkroom.feeds.MergeIntoFeed;
import dev.darkroom.feeds.RemoveFromFeed;
import dev.darkroom.feeds.StoredFeeds;
import dev.darkroom.follows.FollowJobs;
import dev.darkroom.follows.FollowState;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.follows.LargeAuthors;
import dev.darkroom.follows.MirrorFollow;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.media.Effect;
import dev.darkroom.media.EffectState;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaJobs;
import dev.darkroom.media.MediaStore;
import dev.darkroom.media.TestMedia;
import dev.darkroom.shards.Shards;
import dev.darkroom.testing.RedisExtension;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import dev.darkroom.workers.Outcomes;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Fan-out against whatever happens to the follow and the photo meanwhile. A delivery that is under way has read its followers
 * already: what they become then is decided when the feed is read.
 */
class FeedRacesIT {

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    @RegisterExtension
    static final ShardsExtension SHARDS =
            new ShardsExtension(Stream.<JobType<?>>concat(MediaJobs.all().stream(), FollowJobs.all().stream())
                    .toList());

    private Shards shards;
    private MediaStore media;
    private FollowStore follows;
    private UserStore users;
    private FeedNodes nodes;
    private StoredFeeds stored;
    private LargeAuthors largeAuthors;
    private FeedStore feeds;
    private FeedReader reader;
    private UserId author;
    private UserId follower;
    private UserId faithful;

    @BeforeEach
    void open() {
        shards = SHARDS.shards();
        media = new MediaStore(shards);
        follows = new FollowStore(shards);
        users = new UserStore(shards);
        nodes = FeedNodes.open(new RedisConfiguration(List.of("127.0.0.1:" + REDIS.port()), 0), 2);
        stored = new StoredFeeds(REDIS.port());
        largeAuthors = new LargeAuthors(shards.directory(), InstantSource.system());
        feeds = new FeedStore(nodes, FeedSettings.DEFAULT);
        reader = new FeedReader(feeds, new FeedRebuild(feeds, follows, media), follows, media, largeAuthors);
        List<UserId> made = TestUsers.make(shards, 4);
        author = made.get(0);
        follower = made.get(2);
        faithful = made.get(3);
        follow(follower);
        follow(faithful);
        made.forEach(this::page);
    }

    @AfterEach
    void close() {
        stored.close();
        nodes.close();
    }

    @Test
    void a_post_fanned_out_between_a_follow_and_its_mirror_is_brought_by_the_merge() {
        UserId late = TestUsers.make(shards, 4).get(3);
        page(late);
        follows.follow(late, author);
        MediaId posted = TestMedia.ready(shards, author);
        fanOut(posted);
        assertThat(stored.media(late)).isEmpty();

        List<Job> followUps = mirror(late, author);
        assertThat(followUps).containsExactly(new MergeIntoFeed(late.value(), author.value()));
        merge(late);

        assertThat(page(late)).containsExactly(posted);
    }

    @Test
    void a_post_fanned_out_after_the_mirror_and_before_the_merge_is_in_the_feed_once() {
        UserId late = TestUsers.make(shards, 4).get(3);
        page(late);
        follows.follow(late, author);
        mirror(late, author);
        MediaId posted = TestMedia.ready(shards, author);
        fanOut(posted);
        merge(late);
        merge(late);

        assertThat(stored.media(late)).containsExactly(posted);
        assertThat(page(late)).containsExactly(posted);
    }

    @Test
    void a_delivery_under_way_when_the_follower_leaves_shows_nothing() {
        MediaId posted = TestMedia.ready(shards, author);
        List<UserId> audience = follows.followersAfter(author, 0, 10);
        follows.unfollow(follower, author);
        assertThat(mirror(follower, author)).containsExactly(new RemoveFromFeed(follower.value(), author.value()));
        remove(follower);
        // Somebody who looks again has a feed that the delivery still finds.
        assertThat(page(follower)).isEmpty();

        feeds.push(new DeliveryRun(posted, 0, false), audience);
        assertThat(stored.media(follower)).containsExactly(posted);

        assertThat(page(follower)).isEmpty();
        assertThat(page(faithful)).containsExactly(posted);
    }

    @Test
    void a_delivery_under_way_when_the_follower_is_blocked_shows_nothing_with_and_without_the_jobs() {
        MediaId posted = TestMedia.ready(shards, author);
        List<UserId> audience = follows.followersAfter(author, 0, 10);
        follows.block(author, follower);
        feeds.push(new DeliveryRun(posted, 0, false), audience);
        assertThat(page(follower)).isEmpty();

        assertThat(mirror(author, follower)).containsExactly(new RemoveFromFeed(author.value(), follower.value()));
        assertThat(mirror(follower, author)).containsExactly(new RemoveFromFeed(follower.value(), author.value()));
        remove(follower);

        assertThat(stored.media(follower)).isEmpty();
        assertThat(page(follower)).isEmpty();
        assertThat(page(faithful)).containsExactly(posted);
        MediaId next = TestMedia.ready(shards, author);
        fanOut(next);
        assertThat(stored.media(follower)).isEmpty();
        assertThat(page(faithful)).containsExactly(next, posted);
    }

    @Test
    void a_blocked_one_who_follows_again_after_the_unblock_is_delivered_to_again() {
        follows.block(author, follower);
        follows.unblock(author, follower);
        follows.follow(follower, author);
        MediaId posted = TestMedia.ready(shards, author);
        mirror(follower, author);
        mirror(author, follower);
        mirror(follower, author);

        fanOut(posted);

        assertThat(page(follower)).containsExactly(posted);
    }

    @Test
    void a_delivery_under_way_when_the_account_becomes_private_reaches_followers_alone() {
        MediaId posted = TestMedia.ready(shards, author);
        List<UserId> audience = follows.followersAfter(author, 0, 10);
        follows.unfollow(follower, author);
        users.setPrivate(author, true);
        follows.follow(follower, author);
        feeds.push(new DeliveryRun(posted, 0, false), audience);

        assertThat(follows.applyMirror(follower, author)).isEqualTo(FollowState.REQUESTED);
        assertThat(page(follower)).isEmpty();
        assertThat(page(faithful)).containsExactly(posted);

        follows.approve(author, follower);
        assertThat(page(follower)).containsExactly(posted);
    }

    @Test
    void a_photo_deleted_between_planning_and_delivery_is_delivered_to_nobody_and_counted_no_further() {
        MediaId posted = TestMedia.ready(shards, author);
        FanOutHandler planning = fanOutHandler(1);
        List<Job> chunks = complete(author, planning.handle(job(posted), Outcomes.FIRST_RUN));
        assertThat(chunks).hasSize(2);
        DeliverHandler deliver = new DeliverHandler(media, follows, feeds);
        complete(author, deliver.handle((DeliverMedia) chunks.get(0), Outcomes.FIRST_RUN));
        media.delete(author, posted);

        assertThat(deliver.handle((DeliverMedia) chunks.get(1), Outcomes.FIRST_RUN))
                .isInstanceOf(Outcome.Discard.class);

        assertThat(stored.media(follower).size() + stored.media(faithful).size())
                .isEqualTo(1);
        assertThat(page(follower)).isEmpty();
        assertThat(page(faithful)).isEmpty();
        assertThat(page(author)).isEmpty();
        Effect feedsEffect = media.deliveries(posted).get(1);
        assertThat(feedsEffect.state()).isEqualTo(EffectState.UNDER_WAY);
        assertThat(feedsEffect.done()).isEqualTo(1);
    }

    @Test
    void a_delivery_under_way_when_the_photo_is_deleted_shows_nothing() {
        MediaId posted = TestMedia.ready(shards, author);
        media.delete(author, posted);
        feeds.push(new DeliveryRun(posted, 0, false), List.of(author, follower, faithful));

        assertThat(page(author)).isEmpty();
        assertThat(page(follower)).isEmpty();
    }

    private void follow(UserId who) {
        follows.follow(who, author);
        follows.applyMirror(who, author);
    }

    private FanOutHandler fanOutHandler(int chunk) {
        return new FanOutHandler(media, follows, feeds, largeAuthors, Integer.MAX_VALUE, chunk);
    }

    private FanOutMedia job(MediaId posted) {
        return new FanOutMedia(posted.value(), author.value());
    }

    private void fanOut(MediaId posted) {
        complete(author, fanOutHandler(FanOutHandler.CHUNK).handle(job(posted), Outcomes.FIRST_RUN));
    }

    private List<Job> mirror(UserId from, UserId to) {
        return complete(
                from,
                new MirrorFollowHandler(follows)
                        .handle(new MirrorFollow(from.value(), to.value()), Outcomes.FIRST_RUN));
    }

    private void merge(UserId into) {
        complete(
                into,
                new MergeHandler(media, follows, feeds)
                        .handle(new MergeIntoFeed(into.value(), author.value()), Outcomes.FIRST_RUN));
    }

    private void remove(UserId from) {
        complete(
                from,
                new RemoveHandler(follows, feeds)
                        .handle(new RemoveFromFeed(from.value(), author.value()), Outcomes.FIRST_RUN));
    }

    private List<Job> complete(UserId user, Outcome outcome) {
        return Outcomes.complete(shards, user.shard(), outcome);
    }

    private List<MediaId> page(UserId viewer) {
        return reader.page(viewer, null, null, 20).media().stream()
                .map(Media::id)
                .toList();
    }
}
