package dev.darkroom.shards;

import java.time.Instant;

/**
 * How an id is made up, as in "Sharding &amp; IDs at Instagram": 41 bits of milliseconds, 13 of the logical shard, 10 of a
 * sequence. The ids themselves are made by {@code next_id()} of each shard's schema. They stay positive until 2045.
 */
public final class IdLayout {

    static final int SEQUENCE_BITS = 10;
    static final int SHARD_BITS = 13;

    /** The moment at which the milliseconds begin; {@code next_id()} holds the same number. */
    static final Instant EPOCH = Instant.parse("2011-01-01T00:00:00Z");

    private static final int TIME_SHIFT = SHARD_BITS + SEQUENCE_BITS;

    private IdLayout() {}

    public static ShardId shardOf(long id) {
        return new ShardId((int) (id >>> SEQUENCE_BITS) & ShardId.LARGEST);
    }

    /** When the id was made, to the millisecond; a little later where more than 1,024 fell into one millisecond. */
    public static Instant instantOf(long id) {
        return EPOCH.plusMillis(id >>> TIME_SHIFT);
    }

    /** No id of an earlier moment is this large, and none of this moment or a later one is smaller. */
    public static long smallestIdOf(Instant moment) {
        return Math.max(0, moment.toEpochMilli() - EPOCH.toEpochMilli()) << TIME_SHIFT;
    }
}
