package dev.darkroom.api.media;

import dev.darkroom.api.access.Call;
import dev.darkroom.api.wire.Envelope;
import dev.darkroom.api.wire.RequestParameters;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Pages of media by {@code max_id}: the next page begins below the last media of this one. */
public final class MediaPages {

    private static final int PAGE = 20;

    private final MediaViews views;

    public MediaPages(MediaViews views) {
        this.views = views;
    }

    /** What the request asks for, and one more, which tells whether anything follows. */
    MediaRange rangeAndOneMore(RequestParameters parameters) {
        return new MediaRange(
                mediaId(parameters, "max_id"),
                mediaId(parameters, "min_id"),
                parameters.timestamp("min_timestamp").orElse(null),
                parameters.timestamp("max_timestamp").orElse(null),
                parameters.count(PAGE) + 1);
    }

    /** The answer from media that {@link #rangeAndOneMore} fetched. */
    Envelope.Page<MediaView> page(List<Media> oneMore, Call call) {
        int count = call.parameters().count(PAGE);
        List<Media> media = oneMore.subList(0, Math.min(count, oneMore.size()));
        Optional<String> cursor =
                oneMore.size() > count ? Optional.of(MediaReference.of(media.get(count - 1))) : Optional.empty();
        return Envelope.page(views.views(media, call), call.pagination("max_id", cursor));
    }

    private static @Nullable MediaId mediaId(RequestParameters parameters, String name) {
        OptionalLong number = parameters.mediaId(name);
        return number.isPresent() ? new MediaId(number.getAsLong()) : null;
    }
}
