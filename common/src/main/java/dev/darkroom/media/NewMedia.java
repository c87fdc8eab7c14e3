package dev.darkroom.media;

import dev.darkroom.media.format.Coordinates;
import dev.darkroom.users.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A media to be posted, whose photo is in the photo store already.
 *
 * @param tags of the caption, lower case, without {@code #}
 * @param idempotencyKey chosen by the client: of several posts of an owner with the same key only the first counts
 */
public record NewMedia(
        UserId owner,
        StoredPhoto photo,
        @Nullable String caption,
        @Nullable String filter,
        List<String> tags,
        @Nullable Coordinates coordinates,
        @Nullable Long locationId,
        @Nullable String idempotencyKey) {

    public NewMedia {
        tags = List.copyOf(tags);
    }

    /** A photo and nothing else. */
    public NewMedia(UserId owner, StoredPhoto photo) {
        this(owner, photo, null, null, List.of(), null, null, null);
    }
}
