package dev.darkroom.users;

import dev.darkroom.shards.ShardId;

/** The number of an account, which says in which shard it lives. */
public record UserId(long value) implements Comparable<UserId> {

    public UserId {
        if (value <= 0) {
            throw new IllegalArgumentException("A user id is positive: " + value);
        }
    }

    /** The shard of the account and of what it posts; it need not exist if the id came from outside. */
    public ShardId shard() {
        return ShardId.of(value);
    }

    @Override
    public int compareTo(UserId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
