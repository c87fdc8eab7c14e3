package dev.darkroom.api.media;

import dev.darkroom.api.error.ApiException;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaStore;
import dev.darkroom.media.NewMedia;
import dev.darkroom.media.PhotoAddress;
import dev.darkroom.media.PhotoInspection;
import dev.darkroom.media.PhotoInspector;
import dev.darkroom.media.PhotoKey;
import dev.darkroom.media.PhotoStorage;
import dev.darkroom.media.StoredPhoto;
import dev.darkroom.media.format.Coordinates;
import dev.darkroom.users.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a photo: looks at its headers, puts it into the photo store, then writes the media with its jobs in one transaction.
 * What fails in between leaves an object without a row, which is swept up later. Thread-safe.
 */
public final class PhotoIntake {

    private final PhotoInspector inspector;
    private final PhotoStorage storage;
    private final MediaStore store;
    private final SecureRandom random;

    public PhotoIntake(PhotoInspector inspector, PhotoStorage storage, MediaStore store, SecureRandom random) {
        this.inspector = inspector;
        this.storage = storage;
        this.store = store;
        this.random = random;
    }

    /**
     * What was posted.
     *
     * @param suggested where the camera says that the photo was taken, if the owner asked and gave no place; kept nowhere
     */
    record Posted(Media media, @Nullable Coordinates suggested) {}

    Posted take(UserId owner, MediaForm form) throws IOException {
        Path file = form.photo().file();
        PhotoInspection.Accepted photo = inspect(file);
        PhotoKey key = PhotoKey.random(random);
        String contentType = photo.type().mediaType();
        storage.putOriginal(new PhotoAddress(owner.shard(), key), file, contentType);
        Media media = store.post(new NewMedia(
                owner,
                new StoredPhoto(key, contentType, photo.uprightWidth(), photo.uprightHeight()),
                form.caption(),
                form.filter(),
                form.caption() == null ? List.of() : Captions.tags(form.caption()),
                form.coordinates(),
                null,
                form.idempotencyKey()));
        boolean suggests = form.suggestLocation() && form.coordinates() == null;
        return new Posted(media, suggests ? photo.taken() : null);
    }

    private PhotoInspection.Accepted inspect(Path file) throws IOException {
        PhotoInspection inspection = inspector.inspect(file);
        if (inspection instanceof PhotoInspection.Refused refused) {
            throw ApiException.invalidParameters(refused.reason());
        }
        if (inspection instanceof PhotoInspection.Accepted accepted) {
            return accepted;
        }
        throw new IllegalStateException("A third outcome of an inspection: " + inspection);
    }
}
