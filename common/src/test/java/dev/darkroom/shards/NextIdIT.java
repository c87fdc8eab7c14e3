package dev.darkroom.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.testing.ShardsExtension;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NextIdIT {

    private static final int THREADS = 8;
    private static final int CALLS = 500;
    private static final ShardId SHARD = new ShardId(3);

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(List.of());

    @Test
    void ids_tell_their_shard_and_their_moment() {
        long id = oneId();

        assertThat(ShardId.of(id)).isEqualTo(SHARD);
        Instant now = SHARDS.shards()
                .read(
                        SHARD,
                        handle -> handle.createQuery("SELECT clock_timestamp()")
                                .mapTo(OffsetDateTime.class)
                                .one()
                                .toInstant());
        assertThat(IdLayout.instantOf(id)).isCloseTo(now, within(2, ChronoUnit.SECONDS));
        assertThat(id)
                .isBetween(
                        IdLayout.smallestIdOf(IdLayout.instantOf(id)),
                        IdLayout.smallestIdOf(IdLayout.instantOf(id).plusMillis(1)));
    }

    @Test
    void concurrent_callers_get_different_ids_each_in_ascending_order() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        List<Future<List<Long>>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            calls.add(callers.submit(() -> SHARDS.shards().read(SHARD, NextIdIT::manyIds)));
        }
        Set<Long> all = new HashSet<>();
        for (Future<List<Long>> call : calls) {
            List<Long> ids = call.get();
            assertThat(ids).isSorted();
            all.addAll(ids);
        }
        callers.shutdown();

        assertThat(all).hasSize(THREADS * CALLS);
    }

    private static List<Long> manyIds(Handle handle) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            ids.add(handle.createQuery("SELECT <shard>.next_id()")
                    .mapTo(Long.class)
                    .one());
        }
        return ids;
    }

    @Test
    void more_than_a_millisecond_holds_go_on_into_the_next() {
        List<Long> ids = SHARDS.shards()
                .read(
                        SHARD,
                        handle -> handle.createQuery("SELECT <shard>.next_ids(5000)")
                                .mapTo(Long.class)
                                .list());

        assertThat(ids).isSorted().doesNotHaveDuplicates().hasSize(5000);
        assertThat(oneId()).isGreaterThan(ids.get(4999));
    }

    @Test
    void ids_stay_in_order_when_the_clock_steps_back() {
        // To a clock that stepped back, the last tick lies in the future.
        SHARDS.shards()
                .read(
                        SHARD,
                        handle -> handle.execute(
                                "SELECT setval(?::regclass, (SELECT last_value + (60000 << 10) FROM <shard>.last_tick))",
                                SHARD.schema() + ".last_tick"));
        long before = oneId();
        long after = oneId();

        assertThat(after).isGreaterThan(before);
        assertThat(IdLayout.instantOf(after)).isEqualTo(IdLayout.instantOf(before));
    }

    @Test
    void a_transaction_that_is_still_open_holds_nobody_up() throws Exception {
        Collection<Long> ids = SHARDS.shards().write(SHARD, (handle, transaction) -> {
            long inside = handle.createQuery("SELECT <shard>.next_id()")
                    .mapTo(Long.class)
                    .one();
            return List.of(inside, oneId());
        });

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void a_call_that_fails_leaves_the_shard_unlocked() {
        ShardId other = new ShardId(1);
        Shards shards = SHARDS.shards();
        shards.read(other, handle -> handle.execute("ALTER SEQUENCE <shard>.last_tick MAXVALUE 1000"));

        assertThatThrownBy(() -> shards.read(other, NextIdIT::manyIds)).hasMessageContaining("out of bounds");

        shards.read(other, handle -> handle.execute("ALTER SEQUENCE <shard>.last_tick NO MAXVALUE"));
        int locks = shards.read(
                other,
                handle -> handle.createQuery("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
                        .mapTo(Integer.class)
                        .one());
        assertThat(locks).isZero();
        assertThat(shards.read(other, NextIdIT::manyIds)).isSorted();
    }

    private static long oneId() {
        return SHARDS.shards()
                .read(
                        SHARD,
                        handle -> handle.createQuery("SELECT <shard>.next_id()")
                                .mapTo(Long.class)
                                .one());
    }
}
