package dev.darkroom.media;

import java.time.Instant;
import java.util.List;

/**
 * Some objects of the photo store, in the order of their keys.
 *
 * @param storeTime the store's own time of day, to the second
 * @param more whether further objects follow
 */
public record ObjectPage(List<Entry> entries, Instant storeTime, boolean more) {

    public ObjectPage {
        entries = List.copyOf(entries);
    }

    /** @param writtenAt by the store's clock, the last time it was written */
    public record Entry(String key, Instant writtenAt) {}
}
