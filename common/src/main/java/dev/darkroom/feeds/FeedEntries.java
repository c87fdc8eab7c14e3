package dev.darkroom.feeds;

import dev.darkroom.media.MediaId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a feed held when it was read.
 *
 * @param built whether it may be shown; if not, it has to be built, and these are deliveries of the meantime
 * @param media newer than the floor, newest first, each once
 * @param floor whatever is newer than this and belongs into the feed is in it; 0 if nothing was cut off
 */
record FeedEntries(boolean built, List<MediaId> media, long floor) {

    private static final FeedEntries MISSING = new FeedEntries(false, List.of(), 0);

    FeedEntries {
        media = List.copyOf(media);
    }

    /** @param entries as they lie in Redis: media ids, then the floor as {@code prelude.lua} describes it */
    static FeedEntries of(List<String> entries) {
        if (entries.isEmpty()) {
            return MISSING;
        }
        String last = entries.get(entries.size() - 1);
        boolean built = !last.startsWith("b");
        long floor = Math.abs(Long.parseLong(built ? last : last.substring(1)));
        List<MediaId> media = entries.subList(0, entries.size() - 1).stream()
                .map(Long::parseLong)
                .filter(id -> id > floor)
                .distinct()
                .map(MediaId::new)
                .sorted(Comparator.reverseOrder())
                .toList();
        return new FeedEntries(built, media, floor);
    }

    /**
     * What the databases gave, asked for a number of media.
     *
     * @param media newest first
     * @param asked fewer than this are all there are
     */
    static FeedEntries fromDatabase(List<MediaId> media, int asked) {
        boolean all = media.size() < asked;
        return new FeedEntries(
                true, media, all ? 0 : media.get(media.size() - 1).value() - 1);
    }

    /** Both together: whole down to the higher of the two floors. */
    FeedEntries with(FeedEntries other) {
        long higher = Math.max(floor, other.floor);
        List<MediaId> both = Stream.concat(media.stream(), other.media.stream())
                .filter(id -> id.value() > higher)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        return new FeedEntries(built, both, higher);
    }
}
