package dev.darkroom.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.config.RedisConfiguration;
import dev.darkroom.feeds.RebuildPlaces.Limits;
import dev.darkroom.testing.RedisExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several processes that rebuild feeds: each has its own connections and counts, Redis is all that they share. */
class RebuildPlacesIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(100);

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private FeedNodes one;
    private FeedNodes other;

    @BeforeEach
    void open() throws Exception {
        REDIS.flush();
        one = nodes(REDIS.port());
        other = nodes(REDIS.port());
    }

    @AfterEach
    void close() {
        end.countDown();
        threads.shutdown();
        one.close();
        other.close();
    }

    @Test
    void processes_together_rebuild_no_more_than_the_limit_and_everybody_gets_a_turn() throws Exception {
        Limits limits = new Limits(8, 3, LONG, LONG);
        List<RebuildPlaces> processes =
                List.of(new RebuildPlaces(one.first(), limits), new RebuildPlaces(other.first(), limits));
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        List<Future<Integer>> rebuilds = IntStream.range(0, 60)
                .mapToObj(i -> threads.submit(() -> processes.get(i % 2).amongAll(() -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    // Long enough for another to come in, if the places let it.
                    LockSupport.parkNanos(2_000_000);
                    return now.getAndDecrement();
                })))
                .toList();

        for (Future<Integer> rebuild : rebuilds) {
            assertThat(rebuild.get()).isBetween(1, 3);
        }
        assertThat(most.get()).isBetween(2, 3);
    }

    @Test
    void where_all_places_are_taken_by_another_process_the_reader_is_told_to_come_again() throws Exception {
        occupy(new RebuildPlaces(one.first(), new Limits(8, 1, LONG, LONG)));
        RebuildPlaces late = new RebuildPlaces(other.first(), new Limits(8, 1, SHORT, LONG));

        assertThatThrownBy(() -> late.amongAll(() -> 1))
                .isInstanceOf(FeedsBusyException.class)
                .hasMessageContaining("try again");
    }

    @Test
    void the_place_of_a_process_that_died_is_free_when_its_time_is_up() throws Exception {
        occupy(new RebuildPlaces(one.first(), new Limits(8, 1, LONG, SHORT)));

        RebuildPlaces next = new RebuildPlaces(other.first(), new Limits(8, 1, LONG, LONG));
        assertThat(next.amongAll(() -> "rebuilt")).isEqualTo("rebuilt");
    }

    @Test
    void a_place_is_given_back_also_by_a_rebuild_that_failed() {
        RebuildPlaces places = new RebuildPlaces(one.first(), new Limits(1, 1, SHORT, LONG));

        assertThatThrownBy(() -> places.amongAll(() -> {
                    throw new IllegalArgumentException("no database");
                }))
                .hasMessage("no database");
        assertThat(places.amongAll(() -> 1)).isEqualTo(1);
    }

    @Test
    void without_redis_the_limit_of_the_process_holds() throws Exception {
        try (FeedNodes gone = nodes(1)) {
            RebuildPlaces places = new RebuildPlaces(gone.first(), new Limits(1, 1, SHORT, LONG));
            assertThat(places.amongAll(() -> "rebuilt")).isEqualTo("rebuilt");

            occupy(places);
            assertThatThrownBy(() -> places.amongAll(() -> 1)).isInstanceOf(FeedsBusyException.class);
        }
    }

    /** Somebody rebuilds until the test ends. */
    private void occupy(RebuildPlaces places) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        threads.execute(() -> places.amongAll(() -> {
            begun.countDown();
            try {
                return end.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        begun.await();
    }

    private static FeedNodes nodes(int port) {
        return FeedNodes.open(new RedisConfiguration(List.of("127.0.0.1:" + port), 0), 16);
    }
}
