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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of media by {@code max_id}: the next page begins below the last media of this one. */
public final class MediaPages {

    private static final int PAGE = 20;

    private final MediaViews views;

    public MediaPages(MediaViews views) {
        this.views = views;
    }

    /** What the request asks for. */
    static MediaRange range(RequestParameters parameters) {
        return new MediaRange(
                mediaId(parameters, "max_id"),
                mediaId(parameters, "min_id"),
                parameters.timestamp("min_timestamp").orElse(null),
                parameters.timestamp("max_timestamp").orElse(null),
                parameters.count(PAGE));
    }

    /** The answer from a list that {@code read} gives; it is asked for one more, which tells whether anything follows. */
    Envelope.Page<MediaView> page(Function<MediaRange, List<Media>> read, Call call) {
        MediaRange range = range(call.parameters());
        List<Media> oneMore = read.apply(new MediaRange(
                range.maxId(), range.minId(), range.minTimestamp(), range.maxTimestamp(), range.count() + 1));
        boolean more = oneMore.size() > range.count();
        return page(more ? oneMore.subList(0, range.count()) : oneMore, more, call);
    }

    Envelope.Page<MediaView> page(List<Media> media, boolean more, Call call) {
        Optional<String> cursor = more ? Optional.of(MediaReference.of(media.get(media.size() - 1))) : Optional.empty();
        return Envelope.page(views.views(media, call), call.pagination("max_id", cursor));
    }

    private static @Nullable MediaId mediaId(RequestParameters parameters, String name) {
        OptionalLong number = parameters.mediaId(name);
        return number.isPresent() ? new MediaId(number.getAsLong()) : null;
    }
}
