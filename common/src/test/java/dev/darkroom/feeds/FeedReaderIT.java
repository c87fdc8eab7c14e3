package dev.darkroom.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.config.RedisConfiguration;
import dev.darkroom.follows.FollowBulk;
import dev.darkroom.follows.FollowEdge;
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
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FeedReaderIT {

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    @RegisterExtension
    static final ShardsExtension SHARDS =
            new ShardsExtension(Stream.<JobType<?>>concat(MediaJobs.all().stream(), FollowJobs.all().stream())
                    .toList());

    private Shards shards;
    private MediaStore media;
    private FollowStore follows;
    private FeedFixture feeds;
    private FeedReader reader;
    private UserId viewer;
    private UserId author;
    private UserId other;

    @BeforeEach
    void open() {
        shards = SHARDS.shards();
        media = new MediaStore(shards);
        follows = new FollowStore(shards);
        feeds = new FeedFixture(REDIS, FeedFixture.SMALL);
        reader = reader(feeds.store);
        List<UserId> users = TestUsers.make(shards, 3);
        viewer = users.get(0);
        author = users.get(1);
        other = users.get(2);
        new FollowBulk(shards).load(List.of(new FollowEdge(viewer, author)).iterator());
    }

    @AfterEach
    void close() {
        feeds.close();
    }

    @Test
    void a_missing_feed_is_rebuilt_from_whom_the_viewer_follows_and_the_viewer() {
        MediaId first = ready(author);
        ready(other);
        MediaId own = ready(viewer);

        assertThat(ids(reader.page(viewer, null, null, 10))).containsExactly(own, first);
        assertThat(feeds.entries(viewer)).containsExactly(own.toString(), first.toString(), "0");
    }

    @Test
    void somebody_without_anything_gets_an_empty_feed_that_then_exists() {
        assertThat(reader.page(other, null, null, 10)).isEqualTo(new FeedPage(List.of(), false));
        assertThat(feeds.entries(other)).containsExactly("0");
    }

    @Test
    void pages_follow_one_another_without_gap_or_overlap() {
        List<MediaId> posted = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            posted.add(0, ready(author));
        }

        FeedPage first = reader.page(viewer, null, null, 3);
        FeedPage second = reader.page(viewer, last(first), null, 3);
        FeedPage third = reader.page(viewer, last(second), null, 3);

        assertThat(Stream.of(first, second, third).flatMap(page -> ids(page).stream()))
                .containsExactlyElementsOf(posted);
        assertThat(first.more()).isTrue();
        assertThat(second.more()).isTrue();
        assertThat(third.more()).isFalse();
        assertThat(ids(reader.page(viewer, null, posted.get(2), 10))).isEqualTo(posted.subList(0, 2));
    }

    @Test
    void pages_go_on_behind_the_end_of_the_list_to_the_first_photo() {
        List<MediaId> posted = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            posted.add(0, ready(i % 3 == 0 ? viewer : author));
        }

        List<MediaId> read = new ArrayList<>();
        FeedPage page = reader.page(viewer, null, null, 3);
        read.addAll(ids(page));
        while (page.more()) {
            page = reader.page(viewer, last(page), null, 3);
            read.addAll(ids(page));
        }

        assertThat(read).isEqualTo(posted);
        assertThat(feeds.entries(viewer))
                .hasSize(11)
                .endsWith("-" + (posted.get(9).value() - 1));
        assertThat(ids(reader.page(viewer, posted.get(4), posted.get(20), 40))).isEqualTo(posted.subList(5, 20));
        assertThat(ids(reader.page(viewer, posted.get(30), posted.get(35), 2))).isEqualTo(posted.subList(31, 33));
    }

    @Test
    void what_a_full_feed_lost_to_an_account_is_back_after_unfollowing_it() {
        List<MediaId> own = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            own.add(0, ready(viewer));
        }
        reader.page(viewer, null, null, 1);
        for (int i = 0; i < 15; i++) {
            feeds.store.push(new DeliveryRun(ready(author), 0, false), List.of(viewer));
        }
        follows.unfollow(viewer, author);

        assertThat(ids(reader.page(viewer, null, null, 20))).isEqualTo(own);
        feeds.store.forget(viewer);
        assertThat(ids(reader.page(viewer, null, null, 20))).isEqualTo(own);
    }

    @Test
    void a_feed_that_late_deliveries_have_worn_off_is_built_anew() {
        reader.page(viewer, null, null, 1);
        List<MediaId> posted = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            posted.add(ready(author));
        }
        feeds.store.push(new DeliveryRun(posted.get(11), 0, false), List.of(viewer));
        posted.subList(0, 11).forEach(each -> feeds.store.push(new DeliveryRun(each, 0, false), List.of(viewer)));
        assertThat(feeds.store.read(viewer).media()).isEmpty();

        assertThat(ids(reader.page(viewer, null, null, 1))).containsExactly(posted.get(11));
        assertThat(feeds.store.read(viewer).media()).hasSize(10);
    }

    @Test
    void the_photos_of_a_large_author_are_added_when_somebody_reads() {
        MediaId before = ready(author);
        assertThat(ids(reader.page(viewer, null, null, 10))).containsExactly(before);
        reader.page(other, null, null, 10);
        MediaId large = ready(author);
        List<MediaId> own = List.of(ready(viewer));
        feeds.store.push(new DeliveryRun(own.get(0), 0, false), List.of(viewer));

        new LargeAuthors(shards.directory(), InstantSource.system()).add(author);

        FeedReader knowing = reader(feeds.store);
        assertThat(ids(knowing.page(viewer, null, null, 10))).containsExactly(own.get(0), large, before);
        assertThat(ids(knowing.page(viewer, null, null, 1))).containsExactly(own.get(0));
        assertThat(ids(knowing.page(viewer, own.get(0), null, 1))).containsExactly(large);
        assertThat(ids(knowing.page(other, null, null, 10))).isEmpty();
    }

    @Test
    void a_large_author_with_more_photos_than_are_read_at_once_hides_nobody_elses() {
        MediaId first = ready(viewer);
        for (int i = 0; i < 12; i++) {
            ready(author);
        }
        new LargeAuthors(shards.directory(), InstantSource.system()).add(author);
        feeds.build(viewer, List.of(first));

        List<MediaId> read = ids(reader(feeds.store).page(viewer, null, null, 50));

        assertThat(read).hasSize(13).endsWith(first);
    }

    @Test
    void order_and_uniqueness_do_not_depend_on_how_entries_arrived() {
        MediaId older = ready(author);
        MediaId newer = ready(author);
        reader.page(viewer, null, null, 10);
        feeds.store.push(new DeliveryRun(older, 1, false), List.of(viewer));

        assertThat(feeds.entries(viewer)).hasSize(4);
        assertThat(ids(reader.page(viewer, null, null, 10))).containsExactly(newer, older);
    }

    @Test
    void what_may_no_longer_be_seen_is_passed_over_and_the_page_filled() {
        MediaId kept = ready(author);
        List<MediaId> deleted = List.of(ready(author), ready(author), ready(author), ready(author));
        reader.page(viewer, null, null, 10);
        deleted.forEach(each -> media.delete(author, each));

        assertThat(ids(reader.page(viewer, null, null, 1))).containsExactly(kept);

        follows.unfollow(viewer, author);
        assertThat(reader.page(viewer, null, null, 1)).isEqualTo(new FeedPage(List.of(), false));
    }

    @Test
    void an_unrendered_photo_is_seen_by_its_owner_alone() {
        reader.page(viewer, null, null, 1);
        reader.page(author, null, null, 1);
        MediaId unrendered = media.post(TestMedia.of(author)).id();
        feeds.store.push(new DeliveryRun(unrendered, 0, false), List.of(viewer, author));

        assertThat(ids(reader.page(viewer, null, null, 1))).isEmpty();
        assertThat(ids(reader.page(author, null, null, 1))).containsExactly(unrendered);
    }

    @Test
    void while_another_builds_the_feed_it_is_read_from_the_database() {
        MediaId posted = ready(author);
        feeds.store.begin(viewer, "another");

        assertThat(ids(reader.page(viewer, null, null, 10))).containsExactly(posted);
        assertThat(feeds.entries(viewer)).containsExactly("b0");
    }

    @Test
    void while_redis_is_away_the_database_answers() throws IOException {
        MediaId posted = ready(author);
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (FeedNodes away = FeedNodes.open(new RedisConfiguration(List.of("127.0.0.1:" + port), 0), 1)) {
            FeedReader detached = reader(new FeedStore(away, FeedFixture.SMALL));
            assertThat(ids(detached.page(viewer, null, null, 10))).containsExactly(posted);
        }
    }

    private FeedReader reader(FeedStore store) {
        return new FeedReader(
                store,
                new FeedRebuild(store, follows, media),
                follows,
                media,
                new LargeAuthors(shards.directory(), InstantSource.system()));
    }

    private MediaId ready(UserId owner) {
        return TestMedia.ready(shards, owner);
    }

    private static List<MediaId> ids(FeedPage page) {
        return page.media().stream().map(Media::id).toList();
    }

    private static MediaId last(FeedPage page) {
        List<MediaId> ids = ids(page);
        return ids.get(ids.size() - 1);
    }
}
