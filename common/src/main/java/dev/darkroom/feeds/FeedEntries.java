package dev.darkroom.feeds;

import dev.darkroom.media.MediaId;
import java.util.Comparator;
import java.util.List;

/**
 * What a feed held when it was read.
 *
 * @param complete whether it is all there is; if not, the feed has to be built, and these are deliveries of the meantime
 * @param media newest first, each once
 */
record FeedEntries(boolean complete, List<MediaId> media) {

    /** The last entry of a complete feed, so that an empty one exists too. */
    static final String COMPLETE = "0";

    /** The last entry of a feed that was begun and not completed. */
    static final String BEGUN = "-1";

    FeedEntries {
        media = List.copyOf(media);
    }

    /** @param entries as they lie in Redis */
    static FeedEntries of(List<String> entries) {
        boolean complete = !entries.isEmpty() && entries.get(entries.size() - 1).equals(COMPLETE);
        List<MediaId> media = entries.stream()
                .filter(entry -> !entry.equals(COMPLETE) && !entry.equals(BEGUN))
                .distinct()
                .map(entry -> new MediaId(Long.parseLong(entry)))
                .sorted(Comparator.reverseOrder())
                .toList();
        return new FeedEntries(complete, media);
    }
}
