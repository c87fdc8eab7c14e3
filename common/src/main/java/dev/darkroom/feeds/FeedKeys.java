package dev.darkroom.feeds;

import dev.darkroom.media.MediaId;
import dev.darkroom.users.UserId;

/** The only place that builds the keys of feeds. */
final class FeedKeys {

    private FeedKeys() {}

    /** List of media ids in decimal, the newest about first, a sentinel last. */
    static String feed(UserId owner) {
        return "feed:" + owner.value();
    }

    /** Says who is building the feed. */
    static String building(UserId owner) {
        return "feed:building:" + owner.value();
    }

    /** Says whether a chunk of a delivery has been begun. */
    static String delivery(MediaId media, long chunk) {
        return "feed:delivery:" + media.value() + ":" + chunk;
    }
}
