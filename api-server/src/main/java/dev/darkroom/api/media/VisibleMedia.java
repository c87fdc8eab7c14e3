package dev.darkroom.api.media;

import dev.darkroom.api.access.Caller;
import dev.darkroom.api.error.ApiException;
import dev.darkroom.api.users.Audience;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaState;
import dev.darkroom.media.MediaStore;
import dev.darkroom.users.User;
import java.util.Optional;

/** Finds media for a caller: what the caller may not know of does not exist. Thread-safe. */
public final class VisibleMedia {

    private final MediaStore store;
    private final Audience audience;

    public VisibleMedia(MediaStore store, Audience audience) {
        this.store = store;
        this.audience = audience;
    }

    record Found(Media media, User owner) {}

    /** By the long form, or the bare number. */
    Found byId(String id, Caller caller) {
        MediaReference reference = MediaReference.parse(id).orElseThrow(VisibleMedia::unknown);
        return find(reference.media(), caller)
                .filter(found -> reference.names(found.media()))
                .orElseThrow(VisibleMedia::unknown);
    }

    Found byShortcode(String code, Caller caller) {
        return Shortcode.parse(code).flatMap(id -> find(id, caller)).orElseThrow(VisibleMedia::unknown);
    }

    /** The caller's own media; another's is refused. */
    Media own(String id, Caller caller) {
        Media media = byId(id, caller).media();
        if (!media.owner().equals(caller.self())) {
            throw ApiException.notAllowed("only the owner of a media may do this");
        }
        return media;
    }

    private Optional<Found> find(MediaId id, Caller caller) {
        Optional<Media> media = store.find(id).filter(found -> isShown(found, caller));
        Optional<User> owner = media.flatMap(found -> audience.visible(found.owner(), caller));
        return owner.map(user -> new Found(media.orElseThrow(), user));
    }

    private static boolean isShown(Media media, Caller caller) {
        return media.state() == MediaState.READY
                || caller.viewer().filter(media.owner()::equals).isPresent();
    }

    static ApiException unknown() {
        return ApiException.notFound("invalid media id");
    }
}
