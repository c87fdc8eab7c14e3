package dev.darkroom.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.follows.FollowJobs;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.follows.LargeAuthors;
import dev.darkroom.jobs.JobType;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaJobs;
import dev.darkroom.media.MediaStore;
import dev.darkroom.media.TestMedia;
import dev.darkroom.shards.Shards;
import dev.darkroom.testing.RedisExtension;
import dev.darkroom.testing.RoundTrips;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a page of a feed shows is decided by the rows of this moment: in none of these tests has a job run. */
class FeedVisibilityIT {

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    @RegisterExtension
    static final ShardsExtension SHARDS =
            new ShardsExtension(Stream.<JobType<?>>concat(MediaJobs.all().stream(), FollowJobs.all().stream())
                    .toList());

    private Shards shards;
    private FollowStore follows;
    private UserStore users;
    private FeedFixture feeds;
    private FeedReader reader;
    private UserId viewer;
    private UserId author;
    private UserId other;
    private MediaId others;

    @BeforeEach
    void open() {
        shards = SHARDS.shards();
        follows = new FollowStore(shards);
        users = new UserStore(shards);
        MediaStore media = new MediaStore(shards);
        feeds = new FeedFixture(REDIS, FeedFixture.SMALL);
        reader = new FeedReader(
                feeds.store,
                new FeedRebuild(feeds.store, follows, media),
                follows,
                media,
                new LargeAuthors(SHARDS.shards().directory(), InstantSource.system()));
        List<UserId> made = TestUsers.make(shards, 4);
        viewer = made.get(0);
        author = made.get(1);
        other = made.get(3);
        assertThat(shards.databaseOf(author.shard())).isNotEqualTo(shards.databaseOf(other.shard()));
        follows.follow(viewer, author);
        follows.follow(viewer, other);
        others = TestMedia.ready(shards, other);
        page();
    }

    @AfterEach
    void close() {
        feeds.close();
    }

    @Test
    void who_is_blocked_sees_nothing_of_the_blocker_from_then_on() {
        MediaId before = pushed();
        assertThat(page()).containsExactly(before, others);

        follows.block(author, viewer);
        assertThat(page()).containsExactly(others);
        pushed();
        assertThat(page()).containsExactly(others);
    }

    @Test
    void a_page_is_filled_with_what_lies_below_what_a_block_hides() {
        for (int i = 0; i < 9; i++) {
            pushed();
        }
        follows.block(author, viewer);

        assertThat(reader.page(viewer, null, null, 1).media())
                .extracting(Media::id)
                .containsExactly(others);
    }

    @Test
    void who_blocks_no_longer_has_in_the_feed_whom_they_blocked() {
        pushed();
        follows.block(viewer, author);

        assertThat(page()).containsExactly(others);
    }

    @Test
    void after_an_unblock_a_private_account_is_hidden_still_from_who_followed_it() {
        users.setPrivate(author, true);
        MediaId posted = pushed();
        assertThat(page()).containsExactly(posted, others);

        follows.block(author, viewer);
        follows.unblock(author, viewer);

        assertThat(page()).containsExactly(others);
    }

    @Test
    void a_request_shows_nothing_until_it_is_approved() {
        users.setPrivate(author, true);
        follows.unfollow(viewer, author);
        MediaId posted = pushed();
        follows.follow(viewer, author);
        assertThat(page()).containsExactly(others);

        follows.approve(author, viewer);

        assertThat(page()).containsExactly(posted, others);
    }

    @Test
    void followers_go_on_seeing_an_account_that_becomes_private_and_others_do_not() {
        MediaId posted = pushed();
        UserId stranger = other;
        reader.page(stranger, null, null, 9);
        feeds.store.push(new DeliveryRun(posted, 0, false), List.of(stranger));
        users.setPrivate(author, true);

        assertThat(page()).containsExactly(posted, others);
        assertThat(reader.page(stranger, null, null, 9).media())
                .extracting(Media::id)
                .containsExactly(others);
    }

    @Test
    void blocks_cost_a_page_no_round_trip() {
        MediaId posted = pushed();
        page();
        try (RoundTrips trips = RoundTrips.counted()) {
            assertThat(page()).containsExactly(posted, others);
            // The media of two databases, and whom the viewer follows.
            assertThat(trips.soFar()).isEqualTo(3);
        }
    }

    /** A media of the author that a delivery has just brought into the viewer's feed, rightly or wrongly. */
    private MediaId pushed() {
        MediaId posted = TestMedia.ready(shards, author);
        feeds.store.push(new DeliveryRun(posted, 0, false), List.of(viewer));
        return posted;
    }

    private List<MediaId> page() {
        return reader.page(viewer, null, null, 9).media().stream()
                .map(Media::id)
                .toList();
    }
}
