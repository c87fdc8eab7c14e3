package dev.darkroom.api.media;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.darkroom.api.users.ShortUser;
import dev.darkroom.media.format.Coordinates;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A media as every answer shows it. All keys but {@code user_has_liked} are there even when empty: clients read them without
 * a default.
 *
 * @param userHasLiked only in answers to a token
 * @param suggestedLocation where the camera says that the photo was taken: only in the answer to a post that asked
 */
@JsonNaming(SnakeCaseStrategy.class)
record MediaView(
        String id,
        String type,
        ShortUser user,
        String createdTime,
        String link,
        @Nullable String filter,
        List<String> tags,
        @Nullable CommentView caption,
        Counted<CommentView> comments,
        Counted<ShortUser> likes,
        Images images,
        @Nullable Point location,
        List<Object> usersInPhoto,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean userHasLiked,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Point suggestedLocation) {

    MediaView suggesting(@Nullable Coordinates place) {
        return new MediaView(
                id,
                type,
                user,
                createdTime,
                link,
                filter,
                tags,
                caption,
                comments,
                likes,
                images,
                location,
                usersInPhoto,
                userHasLiked,
                place == null ? null : new Point(place.latitude(), place.longitude()));
    }

    /** A count and some of what was counted. */
    record Counted<T>(long count, List<T> data) {}

    /** A comment, and a caption, which has the form of one. */
    @JsonNaming(SnakeCaseStrategy.class)
    record CommentView(String id, String createdTime, String text, ShortUser from) {}

    /** Clients of the time break on any further key. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Images(Image thumbnail, Image lowResolution, Image standardResolution) {}

    record Image(String url, int width, int height) {}

    /** Where the photo was taken, when no place is named. Decimal degrees. */
    record Point(double latitude, double longitude) {}
}
