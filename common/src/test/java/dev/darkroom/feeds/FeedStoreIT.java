package dev.darkroom.feeds;

import static dev.darkroom.feeds.FeedFixture.ANA;
import static dev.darkroom.feeds.FeedFixture.SMALL;
import static dev.darkroom.feeds.FeedFixture.firstRun;
import static dev.darkroom.feeds.FeedFixture.media;
import static dev.darkroom.feeds.FeedFixture.mediaDown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.media.MediaId;
import dev.darkroom.testing.RedisExtension;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FeedStoreIT {

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private FeedFixture feeds;
    private FeedStore store;

    @BeforeEach
    void open() {
        feeds = new FeedFixture(REDIS, SMALL);
        store = feeds.store;
    }

    @AfterEach
    void close() {
        feeds.close();
    }

    @Test
    void an_empty_feed_exists_once_it_is_built() {
        assertThat(store.read(ANA).built()).isFalse();

        feeds.build(ANA, List.of());

        assertThat(store.read(ANA)).isEqualTo(new FeedEntries(true, List.of(), 0));
        assertThat(store.push(firstRun(7), List.of(ANA))).isOne();
    }

    @Test
    void what_is_delivered_while_a_feed_is_built_is_kept() {
        assertThat(store.begin(ANA, "reader")).isTrue();
        store.push(firstRun(9), List.of(ANA));
        assertThat(store.read(ANA)).isEqualTo(new FeedEntries(false, List.of(media(9)), 0));

        assertThat(store.complete(ANA, "reader", new FeedEntries(true, List.of(media(8), media(7)), 0)))
                .isTrue();

        assertThat(feeds.entries(ANA)).containsExactly("9", "8", "7", "0");
    }

    @Test
    void what_is_delivered_and_read_from_the_database_is_there_once() {
        store.begin(ANA, "reader");
        store.push(firstRun(9), List.of(ANA));

        store.complete(ANA, "reader", new FeedEntries(true, List.of(media(9), media(8)), 0));

        assertThat(feeds.entries(ANA)).containsExactly("9", "8", "0");
    }

    @Test
    void only_one_of_two_readers_builds() {
        assertThat(store.begin(ANA, "first")).isTrue();
        assertThat(store.begin(ANA, "second")).isFalse();

        store.complete(ANA, "first", new FeedEntries(true, List.of(media(1)), 0));

        assertThat(store.begin(ANA, "second")).isFalse();
    }

    @Test
    void whoever_took_too_long_writes_nothing() {
        store.begin(ANA, "slow");
        feeds.forgetBuilder(ANA);
        store.begin(ANA, "quick");

        assertThat(store.complete(ANA, "slow", new FeedEntries(true, List.of(media(1)), 0)))
                .isFalse();
        assertThat(store.complete(ANA, "quick", new FeedEntries(true, List.of(media(2)), 0)))
                .isTrue();

        assertThat(feeds.entries(ANA)).containsExactly("2", "0");
    }

    @Test
    void a_feed_whose_builder_died_is_not_taken_for_complete() {
        store.begin(ANA, "dies");
        feeds.forgetBuilder(ANA);
        store.push(firstRun(9), List.of(ANA));

        assertThat(store.read(ANA).built()).isFalse();
        assertThat(store.begin(ANA, "next")).isTrue();
        store.complete(ANA, "next", new FeedEntries(true, List.of(media(8)), 0));
        assertThat(feeds.entries(ANA)).containsExactly("9", "8", "0");
    }

    @Test
    void reading_lets_a_feed_live_on_and_delivering_does_not() {
        feeds.build(ANA, List.of());
        feeds.stored.redis().getList(feeds.stored.key(ANA)).expire(Duration.ofHours(1));

        store.push(firstRun(9), List.of(ANA));
        store.insert(ANA, List.of(media(3)));
        assertThat(feeds.stored.lifeOf(ANA)).isLessThanOrEqualTo(Duration.ofHours(1));

        store.read(ANA);
        assertThat(feeds.stored.lifeOf(ANA)).isGreaterThan(Duration.ofDays(29));
    }

    @Test
    void older_media_are_inserted_at_their_place_into_feeds_that_exist() {
        store.insert(ANA, List.of(media(5)));
        assertThat(feeds.entries(ANA)).isEmpty();

        feeds.build(ANA, List.of(media(9), media(4)));
        store.insert(ANA, List.of(media(9), media(5), media(3)));

        assertThat(feeds.entries(ANA)).containsExactly("9", "5", "4", "3", "0");
    }

    @Test
    void inserting_does_not_complete_a_feed_that_is_being_built() {
        store.begin(ANA, "reader");

        store.insert(ANA, List.of(media(5)));

        assertThat(store.read(ANA)).isEqualTo(new FeedEntries(false, List.of(media(5)), 0));
    }

    @Test
    void a_forgotten_feed_is_missing_and_whoever_was_building_it_does_not_complete_it() {
        feeds.build(ANA, mediaDown(3, 1));
        store.forget(ANA);
        assertThat(store.read(ANA).built()).isFalse();

        store.begin(ANA, "reader");
        store.push(firstRun(9), List.of(ANA));
        store.forget(ANA);

        // The reader may have read the database before 9 was there.
        assertThat(store.complete(ANA, "reader", new FeedEntries(true, List.of(media(8)), 0)))
                .isFalse();
        assertThat(store.read(ANA)).isEqualTo(new FeedEntries(false, List.of(), 0));
    }

    @Test
    void a_merge_keeps_the_newest_in_order_whatever_the_ids_and_says_what_it_cut_off() {
        Random random = new Random(20110101);
        for (int round = 0; round < 200; round++) {
            List<MediaId> delivered = someIds(random);
            List<MediaId> stored = newestFirst(someIds(random));
            store.begin(ANA, "reader");
            delivered.forEach(id -> store.push(new DeliveryRun(id, 0, true), List.of(ANA)));

            store.complete(ANA, "reader", new FeedEntries(true, stored, 0));

            List<MediaId> all = newestFirst(
                    Stream.concat(delivered.stream(), stored.stream()).toList());
            int kept = Math.min(all.size(), SMALL.kept());
            assertThat(store.read(ANA).media()).isEqualTo(all.subList(0, kept));
            assertThat(store.read(ANA).floor())
                    .isEqualTo(all.size() > kept ? all.get(kept).value() : 0);
            store.forget(ANA);
        }
    }

    @Test
    void a_feed_that_is_lost_while_it_is_built_is_not_completed_without_what_was_delivered() {
        store.begin(ANA, "reader");
        store.push(firstRun(9), List.of(ANA));
        feeds.stored.lose(ANA);

        assertThat(store.complete(ANA, "reader", new FeedEntries(true, List.of(media(8)), 0)))
                .isFalse();
    }

    @Test
    void what_lies_below_the_floor_of_one_account_is_not_promised_of_any() {
        feeds.build(ANA, List.of(media(40), media(7)));

        // Ten of the account, so there may be more: of what is older than the tenth the feed knows nothing.
        store.insert(ANA, mediaDown(39, 30));

        assertThat(feeds.entries(ANA))
                .containsExactly("40", "39", "38", "37", "36", "35", "34", "33", "32", "31", "-30");
    }

    @Test
    void a_late_delivery_of_what_was_cut_off_does_not_lower_the_floor() {
        feeds.build(ANA, mediaDown(30, 20));
        store.push(firstRun(31), List.of(ANA));
        store.push(firstRun(32), List.of(ANA));
        assertThat(store.read(ANA).floor()).isEqualTo(22);

        store.push(firstRun(5), List.of(ANA));

        assertThat(store.read(ANA)).isEqualTo(new FeedEntries(true, mediaDown(32, 23), 22));
    }

    @Test
    void entries_that_are_cut_off_out_of_order_raise_the_floor_to_the_newest_of_them() {
        feeds.build(ANA, List.of());
        LongStream.of(50, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).forEach(id -> store.push(firstRun(id), List.of(ANA)));

        // 50 lay at the end and went first.
        assertThat(store.read(ANA)).isEqualTo(new FeedEntries(true, List.of(), 50));
    }

    private static List<MediaId> newestFirst(List<MediaId> media) {
        return media.stream().sorted(Comparator.reverseOrder()).distinct().toList();
    }

    /** Up to eight, of any length; many differ only beyond the 53 bits that a double holds, and many occur twice. */
    private static List<MediaId> someIds(Random random) {
        long base = Long.MAX_VALUE - 4;
        return random.longs(random.nextInt(9), 0, Long.MAX_VALUE)
                .map(bits -> (bits & 1) == 0 ? base + (bits >>> 1 & 3) : Math.max(1, bits >>> (bits & 63)))
                .mapToObj(MediaId::new)
                .toList();
    }
}
