package dev.darkroom.workers.media;

import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.media.DeleteMedia;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaStore;
import dev.darkroom.media.PhotoAddress;
import dev.darkroom.media.PhotoStorage;
import java.util.Optional;

/**
 * Removes the objects of a deleted media. Feeds keep its id until it is trimmed: readers pass over it. Thread-safe; may be
 * repeated.
 */
public final class DeleteMediaHandler implements JobHandler<DeleteMedia> {

    private final MediaStore store;
    private final PhotoStorage storage;

    public DeleteMediaHandler(MediaStore store, PhotoStorage storage) {
        this.store = store;
        this.storage = storage;
    }

    @Override
    public Outcome handle(DeleteMedia job, JobContext context) {
        MediaId id = new MediaId(job.mediaId());
        Optional<Media> deleted = store.findEvenDeleted(id);
        if (deleted.isEmpty() || store.find(id).isPresent()) {
            return Outcome.discard("The media " + id + " does not exist, or is not deleted");
        }
        storage.delete(PhotoAddress.of(deleted.get()));
        return Outcome.done();
    }
}
