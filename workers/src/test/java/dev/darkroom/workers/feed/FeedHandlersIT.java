package dev.darkroom.workers.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.darkroom.config.RedisConfiguration;
import dev.darkroom.feeds.DeliverMedia;
import dev.darkroom.feeds.FanOutMedia;
import dev.darkroom.feeds.FannedOut;
import dev.darkroom.feeds.FeedNodes;
import dev.darkroom.feeds.FeedReader;
import dev.darkroom.feeds.FeedRebuild;
import dev.darkroom.feeds.FeedSettings;
import dev.darkroom.feeds.FeedStore;
import dev.darkroom.feeds.MergeIntoFeed;
import dev.darkroom.feeds.RemoveFromFeed;
import dev.darkroom.feeds.StoredFeeds;
import dev.darkroom.follows.FollowBulk;
import dev.darkroom.follows.FollowEdge;
import dev.darkroom.follows.FollowJobs;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.follows.LargeAuthors;
import dev.darkroom.follows.MirrorFollow;
import dev.darkroom.jobs.FlowCounts;
import dev.darkroom.jobs.FlowFollowUp;
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
import dev.darkroom.workers.Outcomes;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The feed handlers over real databases and a real Redis. */
class FeedHandlersIT {

    private static final int FOLLOWERS = 10;

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    @RegisterExtension
    static final ShardsExtension SHARDS =
            new ShardsExtension(Stream.<JobType<?>>concat(MediaJobs.all().stream(), FollowJobs.all().stream())
                    .toList());

    private Shards shards;
    private MediaStore media;
    private FollowStore follows;
    private FeedNodes nodes;
    private StoredFeeds stored;
    private FeedStore feeds;
    private FeedReader reader;
    private LargeAuthors largeAuthors;
    private UserId author;
    private List<UserId> followers;
    private UserId stranger;

    @BeforeEach
    void open() {
        shards = SHARDS.shards();
        media = new MediaStore(shards);
        follows = new FollowStore(shards);
        nodes = FeedNodes.open(new RedisConfiguration(List.of("127.0.0.1:" + REDIS.port()), 0), 2);
        stored = new StoredFeeds(REDIS.port());
        feeds = new FeedStore(nodes, FeedSettings.DEFAULT);
        largeAuthors = new LargeAuthors(shards.directory(), InstantSource.system());
        reader = new FeedReader(feeds, new FeedRebuild(feeds, follows, media), follows, media, largeAuthors);
        List<UserId> users = TestUsers.make(shards, FOLLOWERS + 2);
        author = users.get(0);
        stranger = users.get(1);
        followers = users.subList(2, users.size());
        new FollowBulk(shards)
                .load(followers.stream()
                        .map(follower -> new FollowEdge(follower, author))
                        .iterator());
    }

    @AfterEach
    void close() {
        stored.close();
        nodes.close();
    }

    @Test
    void a_small_audience_is_served_at_once_and_the_author_too() {
        warm(author, followers.get(0), stranger);
        MediaId posted = ready();

        assertThat(fanOut(posted, fanOutHandler(FanOutHandler.CHUNK))).isEmpty();

        assertThat(stored.media(author)).containsExactly(posted);
        assertThat(stored.media(followers.get(0))).containsExactly(posted);
        assertThat(stored.media(followers.get(1))).isEmpty();
        assertThat(stored.media(stranger)).isEmpty();
        assertFeedsEffect(posted, EffectState.DONE, FOLLOWERS, FOLLOWERS);
    }

    @Test
    void nobody_following_is_done_at_once() {
        MediaId posted = TestMedia.ready(shards, stranger);
        FanOutHandler handler = fanOutHandler(FanOutHandler.CHUNK);

        complete(stranger, handler.handle(new FanOutMedia(posted.value(), stranger.value()), Outcomes.FIRST_RUN));

        assertFeedsEffect(posted, EffectState.DONE, 0, 0);
    }

    @Test
    void chunks_that_were_given_up_are_told_to_the_owner_until_they_are_replayed() {
        MediaId posted = ready();
        Outcome.Done planned = (Outcome.Done)
                fanOutHandler(4).handle(new FanOutMedia(posted.value(), author.value()), Outcomes.FIRST_RUN);
        FlowFollowUp followUp = Objects.requireNonNull(planned.flows().get(0).followUp());
        List<DeliverMedia> chunks =
                complete(author, planned).stream().map(DeliverMedia.class::cast).toList();
        chunks.subList(0, 2).forEach(this::deliver);

        FannedOut ended = (FannedOut) followUp.ended(new FlowCounts(3, 2, 0, 1));
        complete(author, new FannedOutHandler().handle(ended, Outcomes.FIRST_RUN));
        assertFeedsEffect(posted, EffectState.FAILED, 8, FOLLOWERS);
        assertThat(media.deliveries(posted).get(1).error()).contains("1 of 3 groups");

        deliver(chunks.get(2));
        assertFeedsEffect(posted, EffectState.DONE, FOLLOWERS, FOLLOWERS);
        assertThat(media.deliveries(posted).get(1).error()).isNull();
    }

    @Test
    void a_large_audience_is_cut_into_chunks_that_reach_everybody() {
        warm(followers.toArray(UserId[]::new));
        warm(author);
        MediaId posted = ready();

        List<DeliverMedia> chunks = chunksOf(posted);

        assertThat(chunks).extracting(DeliverMedia::followers).containsExactly(4, 4, 2);
        assertThat(chunks).extracting(DeliverMedia::audience).containsOnly(FOLLOWERS);
        assertFeedsEffect(posted, EffectState.UNDER_WAY, 0, FOLLOWERS);
        chunks.forEach(this::deliver);

        assertThat(Stream.concat(followers.stream(), Stream.of(author)))
                .allSatisfy(user -> assertThat(stored.media(user)).containsExactly(posted));
        assertFeedsEffect(posted, EffectState.DONE, FOLLOWERS, FOLLOWERS);
    }

    @Test
    void a_chunk_that_runs_twice_delivers_once() {
        warm(followers.toArray(UserId[]::new));
        DeliverMedia chunk = chunksOf(ready()).get(0);
        DeliverHandler handler = new DeliverHandler(media, follows, feeds);

        handler.handle(chunk, Outcomes.FIRST_RUN);
        handler.handle(chunk, Outcomes.FIRST_RUN);
        handler.handle(chunk, Outcomes.SECOND_RUN);

        // A sentinel in each feed, and the media once in each feed of the chunk.
        assertThat(followers.stream().mapToInt(this::rawLength).sum()).isEqualTo(FOLLOWERS + chunk.followers());
    }

    @Test
    void the_effect_becomes_whole_whoever_leaves_meanwhile() {
        MediaId posted = ready();
        List<DeliverMedia> chunks = chunksOf(posted);
        follows.unfollow(followers.get(0), author);
        follows.applyMirror(followers.get(0), author);

        chunks.forEach(this::deliver);

        assertFeedsEffect(posted, EffectState.DONE, FOLLOWERS, FOLLOWERS);
    }

    @Test
    void a_vanished_photo_is_delivered_to_nobody() {
        warm(followers.toArray(UserId[]::new));
        MediaId posted = ready();
        List<DeliverMedia> chunks = chunksOf(posted);
        media.delete(author, posted);

        assertThat(new DeliverHandler(media, follows, feeds).handle(chunks.get(0), Outcomes.FIRST_RUN))
                .isInstanceOf(Outcome.Discard.class);
        assertThat(fanOutHandler(FanOutHandler.CHUNK)
                        .handle(new FanOutMedia(posted.value(), author.value()), Outcomes.SECOND_RUN))
                .isInstanceOf(Outcome.Discard.class);
        assertThat(stored.media(followers.get(0))).isEmpty();
    }

    @Test
    void following_is_mirrored_and_brings_what_was_posted_before() {
        MediaId older = ready();
        MediaId own = TestMedia.ready(shards, stranger);
        warm(stranger);
        follows.follow(stranger, author);
        MirrorFollow mirror = new MirrorFollow(stranger.value(), author.value());
        MirrorFollowHandler handler = new MirrorFollowHandler(follows);

        List<Job> followUps = complete(stranger, handler.handle(mirror, Outcomes.FIRST_RUN));
        assertThat(complete(stranger, handler.handle(mirror, Outcomes.SECOND_RUN)))
                .isEqualTo(followUps);

        assertThat(followUps).containsExactly(new MergeIntoFeed(stranger.value(), author.value()));
        MergeHandler merge = new MergeHandler(media, follows, feeds);
        complete(stranger, merge.handle((MergeIntoFeed) followUps.get(0), Outcomes.FIRST_RUN));
        complete(stranger, merge.handle((MergeIntoFeed) followUps.get(0), Outcomes.SECOND_RUN));
        assertThat(stored.media(stranger)).containsExactly(own, older);
        assertThat(rawLength(stranger)).isEqualTo(3);
        assertThat(follows.followersAfter(author, 0, 100)).contains(stranger);
    }

    @Test
    void unfollowing_forgets_the_feed() {
        UserId follower = followers.get(0);
        ready();
        MediaId own = TestMedia.ready(shards, follower);
        warm(follower);
        follows.unfollow(follower, author);
        MirrorFollow mirror = new MirrorFollow(follower.value(), author.value());

        List<Job> followUps = complete(follower, new MirrorFollowHandler(follows).handle(mirror, Outcomes.FIRST_RUN));

        assertThat(followUps).containsExactly(new RemoveFromFeed(follower.value(), author.value()));
        RemoveHandler remove = new RemoveHandler(follows, feeds);
        complete(follower, remove.handle((RemoveFromFeed) followUps.get(0), Outcomes.FIRST_RUN));
        complete(follower, remove.handle((RemoveFromFeed) followUps.get(0), Outcomes.SECOND_RUN));
        assertThat(stored.entries(follower)).isEmpty();
        assertThat(reader.page(follower, null, null, 9).media())
                .extracting(Media::id)
                .containsExactly(own);
        assertThat(follows.followersAfter(author, 0, 100)).doesNotContain(follower);
    }

    @Test
    void a_change_of_mind_discards_the_older_wish() {
        MergeHandler merge = new MergeHandler(media, follows, feeds);
        RemoveHandler remove = new RemoveHandler(follows, feeds);
        long follower = followers.get(0).value();

        assertThat(merge.handle(new MergeIntoFeed(stranger.value(), author.value()), Outcomes.FIRST_RUN))
                .isInstanceOf(Outcome.Discard.class);
        assertThat(remove.handle(new RemoveFromFeed(follower, author.value()), Outcomes.FIRST_RUN))
                .isInstanceOf(Outcome.Discard.class);
    }

    @Test
    void what_is_fanned_out_is_read() {
        UserId follower = followers.get(3);
        assertThat(reader.page(follower, null, null, 20).media()).isEmpty();
        MediaId posted = ready();

        fanOut(posted, fanOutHandler(FanOutHandler.CHUNK));

        assertThat(reader.page(follower, null, null, 20).media())
                .singleElement()
                .satisfies(each -> assertThat(each.id()).isEqualTo(posted));
    }

    @Test
    void a_large_audience_sees_a_photo_that_was_brought_to_nobody() {
        UserId follower = followers.get(0);
        warm(follower, author);
        MediaId posted = ready();
        FanOutHandler handler = new FanOutHandler(media, follows, feeds, largeAuthors, FOLLOWERS, 4);

        assertThat(fanOut(posted, handler)).isEmpty();

        assertThat(stored.media(follower)).isEmpty();
        assertThat(stored.media(author)).containsExactly(posted);
        assertThat(reader.page(follower, null, null, 9).media())
                .extracting(Media::id)
                .containsExactly(posted);
        assertFeedsEffect(posted, EffectState.DONE, 0, 0);
    }

    @Test
    void an_author_who_was_large_stays_so_with_fewer_followers() {
        largeAuthors.add(author);

        assertThat(chunksOf(ready())).isEmpty();
    }

    private FanOutHandler fanOutHandler(int chunk) {
        return new FanOutHandler(media, follows, feeds, largeAuthors, Integer.MAX_VALUE, chunk);
    }

    private void warm(UserId... users) {
        Stream.of(users).forEach(user -> reader.page(user, null, null, 1));
    }

    private MediaId ready() {
        return TestMedia.ready(shards, author);
    }

    private List<Job> fanOut(MediaId posted, FanOutHandler handler) {
        return complete(author, handler.handle(new FanOutMedia(posted.value(), author.value()), Outcomes.FIRST_RUN));
    }

    private List<DeliverMedia> chunksOf(MediaId posted) {
        return fanOut(posted, fanOutHandler(4)).stream()
                .map(DeliverMedia.class::cast)
                .toList();
    }

    private void deliver(DeliverMedia chunk) {
        complete(author, new DeliverHandler(media, follows, feeds).handle(chunk, Outcomes.FIRST_RUN));
    }

    private List<Job> complete(UserId user, Outcome outcome) {
        return Outcomes.complete(shards, user.shard(), outcome);
    }

    private int rawLength(UserId user) {
        return stored.entries(user).size();
    }

    private void assertFeedsEffect(MediaId posted, EffectState state, int done, int total) {
        assertThat(media.deliveries(posted))
                .extracting(Effect::state, Effect::done, Effect::total)
                .element(1)
                .isEqualTo(tuple(state, done, total));
    }
}
