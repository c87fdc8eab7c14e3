package dev.darkroom.shards;

/**
 * A logical shard: a schema of one of the physical databases.
 *
 * @param number 0 to 8191, part of every id made there
 */
public record ShardId(int number) implements Comparable<ShardId> {

    public static final int LARGEST = (1 << IdLayout.SHARD_BITS) - 1;

    private static final int SCHEMA_DIGITS = 4;

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
        String digits = Integer.toString(number);
        return "shard_" + "0".repeat(SCHEMA_DIGITS - digits.length()) + digits;
    }

    /**
     * An SQL expression: those ids of an array that were made in this shard.
     *
     * @param parameter the name by which the statement binds the array
     */
    public String idsIn(String parameter) {
        return "ARRAY(SELECT i FROM unnest(:" + parameter + ") AS u(i) WHERE (i >> " + IdLayout.SEQUENCE_BITS + " & "
                + LARGEST + ") = " + number + ")";
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
