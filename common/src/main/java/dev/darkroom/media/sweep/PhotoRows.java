package dev.darkroom.media.sweep;

import dev.darkroom.media.PhotoKey;
import dev.darkroom.shards.ShardId;
import dev.darkroom.shards.Shards;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks a shard which photos it has rows for, deleted ones included. Thread-safe. */
final class PhotoRows {

    // A hash join with the keys as its small side: one pass over the media, and no index that every post would pay for.
    private static final String KNOWN = """
            SELECT m.photo_key FROM unnest(:keys) wanted JOIN <shard>.media m ON m.photo_key = wanted""";

    private final Shards shards;

    PhotoRows(Shards shards) {
        this.shards = shards;
    }

    Set<PhotoKey> known(ShardId shard, Collection<PhotoKey> keys) {
        String[] values = keys.stream().map(PhotoKey::value).toArray(String[]::new);
        return shards.read(
                shard,
                handle ->
                        handle
                                .createQuery(KNOWN)
                                .bindArray("keys", String.class, (Object[]) values)
                                .mapTo(String.class)
                                .stream()
                                .map(PhotoKey::new)
                                .collect(Collectors.toSet()));
    }

    /** Whether the shard holds any media at all. */
    boolean hasAny(ShardId shard) {
        return shards.read(
                shard,
                handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM <shard>.media)")
                        .mapTo(Boolean.class)
                        .one());
    }
}
