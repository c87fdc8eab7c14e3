package dev.darkroom.media;

import dev.darkroom.shards.IdLayout;
import dev.darkroom.shards.ShardId;
import java.time.Instant;

/** The number of a media. It lies in its owner's shard, which the number names, and later media have larger numbers. */
public record MediaId(long value) implements Comparable<MediaId> {

    public MediaId {
        if (value <= 0) {
            throw new IllegalArgumentException("A media id is positive: " + value);
        }
    }

    /** It need not exist if the id came from outside. */
    public ShardId shard() {
        return ShardId.of(value);
    }

    /** To the millisecond. */
    public Instant createdAt() {
        return IdLayout.instantOf(value);
    }

    @Override
    public int compareTo(MediaId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
