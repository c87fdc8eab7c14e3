package dev.darkroom.media;

import dev.darkroom.shards.ShardId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a photo lies in the photo store: under its owner's shard and its own secret key.
 *
 * @param shard of the owner
 */
public record PhotoAddress(ShardId shard, PhotoKey key) {

    /** What every rendition's object key begins with; nothing else may be served. */
    public static final String RENDITIONS = "photos/";

    private static final String ORIGINALS = "originals/";

    private static final Pattern OBJECT_KEY = Pattern.compile(
            "(?:" + ORIGINALS + "([0-9]{4})/([0-9a-f]{32})|" + RENDITIONS + "([0-9]{4})/([0-9a-f]{32})_[0-9]+\\.jpg)");

    public static PhotoAddress of(Media media) {
        return new PhotoAddress(media.id().shard(), media.photo().key());
    }

    /** Of which photo an object is the original or a rendition; empty for one whose key is of another form. */
    public static Optional<PhotoAddress> parse(String objectKey) {
        Matcher parts = OBJECT_KEY.matcher(objectKey);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int shard = Integer.parseInt(parts.group(1) == null ? parts.group(3) : parts.group(1));
        String key = parts.group(2) == null ? parts.group(4) : parts.group(2);
        return shard > ShardId.LARGEST
                ? Optional.empty()
                : Optional.of(new PhotoAddress(new ShardId(shard), new PhotoKey(key)));
    }

    /** What the keys of all objects of a shard begin with. */
    public static List<String> folders(ShardId shard) {
        return Stream.of(ORIGINALS, RENDITIONS)
                .map(root -> root + "%04d/".formatted(shard.number()))
                .toList();
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
