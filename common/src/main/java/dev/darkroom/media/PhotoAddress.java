package dev.darkroom.media;

import dev.darkroom.shards.ShardId;

/**
 * Where a photo lies in the photo store: under its owner's shard and its own secret key.
 *
 * @param shard of the owner
 */
public record PhotoAddress(ShardId shard, PhotoKey key) {

    /** What every rendition's object key begins with; nothing else may be served. */
    public static final String RENDITIONS = "photos/";

    private static final String ORIGINALS = "originals/";

    public static PhotoAddress of(Media media) {
        return new PhotoAddress(media.id().shard(), media.photo().key());
    }

    /** Object key of the file as it was sent. Never served: it holds what the camera noted. */
    public String original() {
        return ORIGINALS + folder();
    }

    /** Object key of a rendition, such as {@code photos/0007/0123456789abcdef0123456789abcdef_7.jpg}. */
    public String rendition(Rendition rendition) {
        return RENDITIONS + folder() + rendition.suffix() + ".jpg";
    }

    private String folder() {
        return "%04d/%s".formatted(shard.number(), key.value());
    }
}
