package dev.darkroom.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class IdLayoutTest {

    private static final long LAST_MILLISECOND = (1L << 40) - 2;

    @Property
    void an_id_gives_back_what_it_was_made_of(
            @ForAll @LongRange(max = LAST_MILLISECOND) long millisecond,
            @ForAll @IntRange(max = 8191) int shard,
            @ForAll @IntRange(max = 1023) int sequence) {
        long id = millisecond << 23 | (long) shard << 10 | sequence;

        assertThat(id).isNotNegative();
        assertThat(IdLayout.shardOf(id)).isEqualTo(new ShardId(shard));
        assertThat(IdLayout.instantOf(id)).isEqualTo(IdLayout.EPOCH.plusMillis(millisecond));
        assertThat(IdLayout.smallestIdOf(IdLayout.instantOf(id))).isLessThanOrEqualTo(id);
        assertThat(IdLayout.smallestIdOf(IdLayout.instantOf(id).plusMillis(1))).isGreaterThan(id);
    }

    @Test
    void a_moment_before_the_first_has_the_smallest_id() {
        assertThat(IdLayout.smallestIdOf(Instant.EPOCH)).isZero();
    }
}
