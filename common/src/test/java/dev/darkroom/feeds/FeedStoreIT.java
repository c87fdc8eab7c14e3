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
        assertThat(store.read(ANA).complete()).isFalse();

        feeds.build(ANA, List.of());

        assertThat(store.read(ANA)).isEqualTo(new FeedEntries(true, List.of()));
        assertThat(store.push(firstRun(7), List.of(ANA))).isOne();
    }

    @Test
    void what_is_delivered_while_a_feed_is_built_is_kept() {
        assertThat(store.begin(ANA, "reader")).isTrue();
        store.push(firstRun(9), List.of(ANA));
        assertThat(store.read(ANA)).isEqualTo(new FeedEntries(false, List.of(media(9))));

        assertThat(store.complete(ANA, "reader", List.of(media(8), media(7)))).isTrue();

        assertThat(feeds.entries(ANA)).containsExactly("9", "8", "7", "0");
    }

    @Test
    void what_is_delivered_and_read_from_the_database_is_there_once() {
        store.begin(ANA, "reader");
        store.push(firstRun(9), List.of(ANA));

        store.complete(ANA, "reader", List.of(media(9), media(8)));

        assertThat(feeds.entries(ANA)).containsExactly("9", "8", "0");
    }

    @Test
    void only_one_of_two_readers_builds() {
        assertThat(store.begin(ANA, "first")).isTrue();
        assertThat(store.begin(ANA, "second")).isFalse();

        store.complete(ANA, "first", List.of(media(1)));

        assertThat(store.begin(ANA, "second")).isFalse();
    }

    @Test
    void whoever_took_too_long_writes_nothing() {
        store.begin(ANA, "slow");
        feeds.redis.getBucket(FeedKeys.building(ANA)).delete();
        store.begin(ANA, "quick");

        assertThat(store.complete(ANA, "slow", List.of(media(1)))).isFalse();
        assertThat(store.complete(ANA, "quick", List.of(media(2)))).isTrue();

        assertThat(feeds.entries(ANA)).containsExactly("2", "0");
    }

    @Test
    void a_feed_whose_builder_died_is_not_taken_for_complete() {
        store.begin(ANA, "dies");
        feeds.redis.getBucket(FeedKeys.building(ANA)).delete();
        store.push(firstRun(9), List.of(ANA));

        assertThat(store.read(ANA).complete()).isFalse();
        assertThat(store.begin(ANA, "next")).isTrue();
        store.complete(ANA, "next", List.of(media(8)));
        assertThat(feeds.entries(ANA)).containsExactly("9", "8", "0");
    }

    @Test
    void reading_lets_a_feed_live_on_and_delivering_does_not() {
        feeds.build(ANA, List.of());
        feeds.redis.getList(FeedKeys.feed(ANA)).expire(Duration.ofHours(1));

        store.push(firstRun(9), List.of(ANA));
        store.insert(ANA, List.of(media(3)));
        assertThat(feeds.lifeOf(ANA)).isLessThanOrEqualTo(Duration.ofHours(1));

        store.read(ANA);
        assertThat(feeds.lifeOf(ANA)).isGreaterThan(Duration.ofDays(29));
    }

    @Test
    void older_media_are_inserted_at_their_place_into_feeds_that_exist() {
        store.insert(ANA, List.of(media(5)));
        assertThat(feeds.entries(ANA)).isEmpty();

        feeds.build(ANA, List.of(media(9), media(4)));
        store.insert(ANA, List.of(media(3), media(5), media(9)));

        assertThat(feeds.entries(ANA)).containsExactly("9", "5", "4", "3", "0");
    }

    @Test
    void inserting_does_not_complete_a_feed_that_is_being_built() {
        store.begin(ANA, "reader");

        store.insert(ANA, List.of(media(5)));

        assertThat(store.read(ANA)).isEqualTo(new FeedEntries(false, List.of(media(5))));
    }

    @Test
    void removed_media_go_and_an_emptied_feed_stays() {
        feeds.build(ANA, mediaDown(3, 1));

        store.remove(ANA, mediaDown(5, 1));
        store.remove(ANA, List.of(media(1)));

        assertThat(feeds.entries(ANA)).containsExactly("0");
    }

    @Test
    void a_merge_keeps_the_newest_in_order_whatever_the_ids() {
        Random random = new Random(20110101);
        for (int round = 0; round < 200; round++) {
            List<MediaId> delivered = someIds(random);
            List<MediaId> stored = someIds(random);
            store.begin(ANA, "reader");
            delivered.forEach(id -> store.push(new DeliveryRun(id, 0, true), List.of(ANA)));

            store.complete(ANA, "reader", stored);

            List<MediaId> kept = delivered.subList(Math.max(0, delivered.size() - 12), delivered.size());
            assertThat(store.mediaIn(ANA)).isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(feeds.entries(ANA)).containsExactlyElementsOf(expected(kept, stored));
            feeds.redis.getList(FeedKeys.feed(ANA)).delete();
        }
    }

    private static List<String> expected(List<MediaId> delivered, List<MediaId> stored) {
        Stream<String> newest = Stream.concat(delivered.stream(), stored.stream())
                .sorted(Comparator.reverseOrder())
                .distinct()
                .limit(SMALL.kept())
                .map(MediaId::toString);
        return Stream.concat(newest, Stream.of("0")).toList();
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
