package dev.darkroom.workers.media;

import dev.darkroom.feeds.FanOutMedia;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaState;
import dev.darkroom.media.MediaStore;
import dev.darkroom.media.PhotoAddress;
import dev.darkroom.media.PhotoStorage;
import dev.darkroom.media.RenderMedia;
import dev.darkroom.media.StoredObject;
import dev.darkroom.workers.media.picture.RenderResult;
import dev.darkroom.workers.media.picture.Renderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Makes the renditions of a media and shows it: it becomes ready, and its fan-out follows, in one transaction. A photo that
 * cannot be rendered is refused with a reason for its owner. Thread-safe; a run that is repeated writes the same objects.
 */
public final class RenderMediaHandler implements JobHandler<RenderMedia> {

    /** The original was stored before the job was asked for; a store may take a moment to show it to everybody. */
    private static final int LOOKS_FOR_ORIGINAL = 4;

    private final MediaStore store;
    private final PhotoStorage storage;
    private final Renderer renderer;

    public RenderMediaHandler(MediaStore store, PhotoStorage storage, Renderer renderer) {
        this.store = store;
        this.storage = storage;
        this.renderer = renderer;
    }

    @Override
    public Outcome handle(RenderMedia job, JobContext context) throws IOException, InterruptedException {
        MediaId id = new MediaId(job.mediaId());
        Optional<Media> found = store.find(id);
        if (found.isEmpty()) {
            return Outcome.discard("The media " + id + " was deleted before it was rendered");
        }
        if (found.get().state() == MediaState.REFUSED) {
            return Outcome.discard("The media " + id + " was refused already");
        }
        PhotoAddress address = PhotoAddress.of(found.get());
        Path file = Files.createTempFile("darkroom-render-", ".upload");
        try {
            return fetch(address, file) ? render(job, address, file) : originalMissing(id, context);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private boolean fetch(PhotoAddress address, Path file) throws IOException {
        Optional<StoredObject> original = storage.open(address.original());
        if (original.isEmpty()) {
            return false;
        }
        try (StoredObject content = original.get()) {
            Files.copy(content.content(), file, StandardCopyOption.REPLACE_EXISTING);
        }
        return true;
    }

    private static Outcome originalMissing(MediaId id, JobContext context) {
        if (context.attempt() < LOOKS_FOR_ORIGINAL - 1) {
            return Outcome.retry("The original of media " + id + " is not in the photo store; it is looked for again");
        }
        return Outcome.done().writing(MediaStore.markRefused(id, "The photo did not arrive; send it again"));
    }

    private Outcome render(RenderMedia job, PhotoAddress address, Path file) throws IOException, InterruptedException {
        MediaId id = new MediaId(job.mediaId());
        RenderResult result = renderer.render(file);
        if (result instanceof RenderResult.Unrenderable unrenderable) {
            return Outcome.done().writing(MediaStore.markRefused(id, unrenderable.reason()));
        }
        ((RenderResult.Rendered) result)
                .pictures()
                .forEach((rendition, jpeg) -> storage.putRendition(address, rendition, jpeg));
        if (store.find(id).isEmpty()) {
            // Its clean-up may have run before the renditions were written.
            storage.delete(address);
            return Outcome.discard("The media " + id + " was deleted while it was rendered");
        }
        return Outcome.done().writing(MediaStore.markReady(id)).then(new FanOutMedia(job.mediaId(), job.author()));
    }
}
