package dev.darkroom.feeds;

import static dev.darkroom.feeds.FeedFixture.ANA;
import static dev.darkroom.feeds.FeedFixture.BEN;
import static dev.darkroom.feeds.FeedFixture.SMALL;
import static dev.darkroom.feeds.FeedFixture.firstRun;
import static dev.darkroom.feeds.FeedFixture.media;
import static dev.darkroom.feeds.FeedFixture.mediaDown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.testing.RedisExtension;
import dev.darkroom.users.UserId;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FeedPushIT {

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private FeedFixture feeds;

    @BeforeEach
    void open() {
        feeds = new FeedFixture(REDIS, SMALL);
    }

    @AfterEach
    void close() {
        feeds.close();
    }

    @Test
    void a_media_goes_to_the_head_of_feeds_that_exist_and_creates_none() {
        feeds.build(ANA, List.of(media(5)));

        int reached = feeds.store.push(firstRun(7), List.of(ANA, BEN));

        assertThat(reached).isOne();
        assertThat(feeds.entries(ANA)).containsExactly("7", "5", "0");
        assertThat(feeds.entries(BEN)).isEmpty();
    }

    @Test
    void nobody_is_reached_where_nobody_follows() {
        assertThat(feeds.store.push(firstRun(7), List.of())).isZero();
    }

    @Test
    void a_delivery_spans_as_many_calls_as_it_needs() {
        List<UserId> users = LongStream.rangeClosed(1, 10).mapToObj(UserId::new).toList();
        users.forEach(user -> feeds.build(user, List.of()));

        assertThat(feeds.store.push(firstRun(7), users)).isEqualTo(10);
        assertThat(users).allSatisfy(user -> assertThat(feeds.entries(user)).containsExactly("7", "0"));
    }

    @Test
    void a_repeated_run_pushes_nothing_twice_and_reaches_who_was_missed() {
        feeds.build(ANA, List.of());
        feeds.store.push(firstRun(7), List.of(ANA));
        feeds.store.push(firstRun(8), List.of(ANA));
        feeds.build(BEN, List.of());

        int reached = feeds.store.push(firstRun(7), List.of(ANA, BEN));

        assertThat(reached).isEqualTo(2);
        assertThat(feeds.entries(ANA)).containsExactly("8", "7", "0");
        assertThat(feeds.entries(BEN)).containsExactly("7", "0");
    }

    @Test
    void a_run_that_goes_on_after_a_second_has_begun_looks_too() {
        feeds.build(ANA, List.of());
        feeds.build(BEN, List.of());
        callOf("first", ANA);
        callOf("second", ANA);
        callOf("second", BEN);

        callOf("first", BEN);

        assertThat(feeds.entries(BEN)).containsExactly("7", "0");
    }

    @Test
    void other_chunks_of_a_media_are_runs_of_their_own() {
        feeds.build(ANA, List.of());
        feeds.build(BEN, List.of());

        feeds.store.push(new DeliveryRun(media(7), 0, false), List.of(ANA));
        feeds.store.push(new DeliveryRun(media(7), ANA.value(), false), List.of(BEN));

        assertThat(feeds.markOf(new DeliveryRun(media(7), 0, false))).isNotEqualTo("repeated");
        assertThat(feeds.markOf(new DeliveryRun(media(7), ANA.value(), false))).isNotEqualTo("repeated");
    }

    @Test
    void a_run_that_is_known_to_be_a_repetition_looks_even_when_the_mark_is_gone() {
        feeds.build(ANA, List.of(media(7)));

        feeds.store.push(new DeliveryRun(media(7), 0, true), List.of(ANA));

        assertThat(feeds.entries(ANA)).containsExactly("7", "0");
    }

    @Test
    void the_mark_of_a_chunk_goes_after_a_day() {
        feeds.build(ANA, List.of());
        feeds.store.push(firstRun(7), List.of(ANA));

        assertThat(feeds.lifeOf(firstRun(7))).isBetween(Duration.ofHours(23), Duration.ofHours(24));
    }

    @Test
    void a_feed_is_trimmed_when_it_outgrows_its_slack_and_says_from_where() {
        feeds.build(ANA, mediaDown(10, 1));

        feeds.store.push(firstRun(11), List.of(ANA));
        assertThat(feeds.entries(ANA)).hasSize(12);
        feeds.store.push(firstRun(12), List.of(ANA));

        assertThat(feeds.entries(ANA)).containsExactly("12", "11", "10", "9", "8", "7", "6", "5", "4", "3", "-2");
    }

    @Test
    void a_server_that_lost_its_scripts_gets_them_again() {
        feeds.build(ANA, List.of());
        feeds.stored.redis().getScript().scriptFlush();

        assertThat(feeds.store.push(firstRun(7), List.of(ANA))).isOne();
        feeds.stored.redis().getScript().scriptFlush();
        assertThat(feeds.store.read(ANA).media()).containsExactly(media(7));
    }

    /** One script call of a run that delivers media 7. */
    private void callOf(String token, UserId user) {
        feeds.nodes
                .of(user)
                .number(LuaScript.PUSH, List.of("7:0"), List.of("7", token, "60", "10", "12", user.toString()));
    }
}
