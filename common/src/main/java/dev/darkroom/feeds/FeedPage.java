package dev.darkroom.feeds;

import dev.darkroom.media.Media;
import java.util.List;

/**
 * One page of a feed.
 *
 * @param media that the viewer may see, newest first
 * @param more whether older ones follow; the next page is asked for with the id of the last as {@code maxId}
 */
public record FeedPage(List<Media> media, boolean more) {

    public FeedPage {
        media = List.copyOf(media);
    }
}
