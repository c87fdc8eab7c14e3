package dev.darkroom.shards;

/**
 * A logical shard: a schema of one of the physical databases.
 *
 * @param number 0 to 8191, part of every id made there
 */
public record ShardId(int number) implements Comparable<ShardId> {

    public static final int LARGEST = (1 << IdLayout.SHARD_BITS) - 1;

    public ShardId {
        if (number < 0 || number > LARGEST) {
            throw new IllegalArgumentException("A logical shard is 0 to " + LARGEST + ": " + number);
        }
    }

    /** The shard that an id was made in. */
    public static ShardId of(long id) {
        return IdLayout.shardOf(id);
    }

    /** Name of its schema, such as {@code shard_0007}: safe to be put into SQL. */
    public String schema() {
        return "shard_%04d".formatted(number);
    }

    @Override
    public int compareTo(ShardId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return schema();
    }
}
