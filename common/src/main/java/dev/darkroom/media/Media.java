package dev.darkroom.media;

import dev.darkroom.media.format.Coordinates;
import dev.darkroom.users.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A media as it is stored. Who may see it is not decided here.
 *
 * @param version goes up with each change: a cache may keep what it knows under id and version
 * @param tags of the caption, lower case, without {@code #}
 * @param refusal why it was refused, for its owner; null if it was not
 */
public record Media(
        MediaId id,
        UserId owner,
        MediaState state,
        int version,
        StoredPhoto photo,
        @Nullable String caption,
        @Nullable String filter,
        List<String> tags,
        @Nullable Coordinates coordinates,
        @Nullable Long locationId,
        @Nullable String refusal) {

    public Media {
        tags = List.copyOf(tags);
    }

    /** To the millisecond. */
    public Instant createdAt() {
        return id.createdAt();
    }
}
